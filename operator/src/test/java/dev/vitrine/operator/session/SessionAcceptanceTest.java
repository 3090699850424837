package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.REVISION;
import static dev.vitrine.operator.testing.Fixtures.app;
import static dev.vitrine.operator.testing.Fixtures.closed;
import static dev.vitrine.operator.testing.Fixtures.revision;
import static dev.vitrine.operator.testing.Fixtures.session;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.testing.FakeKubelet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which sessions are taken, as their app, class and revision are. */
class SessionAcceptanceTest extends PlannedSession {

  @Test
  void a_session_of_no_app_waits_for_it_and_is_then_rejected() {
    knownApp = Optional.empty();
    assertReady(settle(), "False", "AppNotReady");
    now = NOW.plusSeconds(30);
    assertEnded("Rejected", "There is no StreamingApp demo in namespace ns");
    assertThat(condition(plan(), ConditionType.ACCEPTED).getStatus()).isEqualTo("False");
  }

  @Test
  void a_session_of_an_app_that_is_not_ready_is_rejected_with_its_words() {
    var refused = Conditions.isFalse(ConditionType.READY, AppReason.ClassNotFound, "no class");
    app.setStatus(
        new StreamingAppStatus(
            List.of(refused.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    assertEnded("Rejected", "StreamingApp demo is not ready: ClassNotFound: no class");
  }

  @Test
  void a_session_of_an_app_that_only_could_not_be_looked_at_is_taken_if_the_app_serves() {
    var serving = Conditions.isTrue(ConditionType.READY, AppReason.ReconcileFailed, "no answer");
    app.setStatus(
        new StreamingAppStatus(
            List.of(serving.edit().withObservedGeneration(1L).build()),
            null,
            app.getStatus().revisions(),
            null));
    assertThat(request().pool().revision()).isEqualTo(REVISION);
    var fresh = Conditions.unknown(ConditionType.READY, AppReason.ReconcileFailed, "no answer");
    app.setStatus(
        new StreamingAppStatus(
            List.of(fresh.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    assertReady(plan(), "False", "AppNotReady");
    now = NOW.plusSeconds(30);
    assertEnded("Rejected", "StreamingApp demo is being looked at");
  }

  @Test
  void what_was_said_of_an_app_before_its_edit_does_not_count() {
    app.getMetadata().setGeneration(2L);
    assertReady(plan(), "False", "AppNotReady");
  }

  @Test
  void a_session_of_an_app_that_is_being_verified_waits_as_in_line() {
    var verifying = Conditions.unknown(ConditionType.READY, AppReason.Verifying, "being tried");
    app.setStatus(
        new StreamingAppStatus(
            List.of(verifying.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    revision = Optional.empty();
    assertReady(settle(), "False", "AppNotReady");
    now = NOW.plusSeconds(899);
    assertReady(plan(), "False", "AppNotReady");
    now = NOW.plusSeconds(900);
    assertEnded("QueueTimeout", "being tried");
  }

  @Test
  void a_session_whose_app_is_gone_by_force_ends_even_if_nobody_had_accepted_it_yet() {
    podSays(FakeKubelet.waiting("ContainerCreating", null));
    knownApp = Optional.empty();
    assertEnded("AppDeleted", "The app was deleted");
  }

  @Test
  void a_class_that_takes_no_session_of_the_namespace_or_the_revision_takes_none() {
    streamClass = Optional.of(closed(streamClass("cpu", null)));
    assertEnded("Rejected", "StreamClass cpu is not open to namespace ns");
    streamClass = Optional.of(CPU);
    revision = Optional.of(revision(app(List.of(), Map.of("spec", Map.of("hostNetwork", true)))));
    assertThat(ended(plan()).getMessage())
        .startsWith("StreamClass cpu does not take its revision: spec.podPatch.spec.hostNetwork");
  }

  @Test
  void a_class_that_the_app_does_not_offer_is_rejected() {
    session.setSpec(session("big", Map.of()).getSpec());
    assertEnded(
        "Rejected", "spec.class: big is not a class of StreamingApp demo; it offers cpu, gpu");
  }

  @Test
  void an_undeclared_parameter_is_rejected_by_name() {
    session.setSpec(session(null, Map.of("speed", "1")).getSpec());
    assertEnded("Rejected", "spec.parameters.speed is not declared by the app; it declares none");
  }

  @Test
  void a_parameter_that_a_refused_edit_declared_badly_can_be_given_by_nobody() {
    var bad = new Parameter("mode", Parameter.Type.String, null, null, "(", List.of(), true, null);
    app.setSpec(app(List.of(bad), null).getSpec());
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskForPod.class);
    session.setSpec(session(null, Map.of("mode", "x")).getSpec());
    assertEnded("Rejected", "spec.parameters.mode is not declared by the app; it declares none");
  }

  @Test
  void a_revision_that_failed_gets_no_session_even_if_it_is_asked_for() {
    session.setSpec(new StreamSessionSpec("demo", null, REVISION, null, Map.of(), 0, null));
    assertThat(request().pool().revision()).isEqualTo(REVISION);
    var failed =
        Conditions.isFalse(ConditionType.VERIFIED, AppReason.VerificationFailed, "no frame came");
    revision
        .orElseThrow()
        .setStatus(new StreamingAppRevisionStatus(List.of(failed), null, List.of()));
    assertEnded(
        "Rejected", "spec.revision: %s failed its verification: no frame came".formatted(REVISION));
    revision = Optional.empty();
    assertEnded(
        "Rejected",
        "spec.revision: StreamingApp demo has no StreamingAppRevision %s".formatted(REVISION));
  }

  @Test
  void a_revision_that_is_not_verified_so_far_is_for_trials_only() {
    session.setSpec(new StreamSessionSpec("demo", null, REVISION, null, Map.of(), 0, null));
    revision.orElseThrow().setStatus(null);
    assertReady(plan(), "False", "AppNotReady");
    assertThat(condition(plan(), ConditionType.READY).getMessage())
        .isEqualTo("spec.revision: %s is not verified so far: it is new".formatted(REVISION));
    assertThat(plan().actions()).isEmpty();
    settle();
    now = NOW.plusSeconds(900);
    assertEnded(
        "QueueTimeout", "spec.revision: %s is not verified so far: it is new".formatted(REVISION));
    now = NOW;
    session.getMetadata().setOwnerReferences(List.of(Owners.controller(revision.orElseThrow())));
    session.getMetadata().setLabels(Map.of(Labels.VERIFIES, REVISION));
    assertThat(request().pool().revision()).isEqualTo(REVISION);
  }

  @Test
  void a_trial_does_not_care_what_was_said_of_its_app_before_it_was_accepted() {
    var refused = Conditions.isFalse(ConditionType.READY, AppReason.ClassNotFound, "no class");
    app.setStatus(
        new StreamingAppStatus(
            List.of(refused.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    trial();
    assertThat(request().trial()).isTrue();
  }

  @Test
  void a_trial_waits_for_a_class_that_is_gone_and_a_user_s_session_does_not() {
    streamClass = Optional.empty();
    now = NOW.plusSeconds(31);
    assertEnded("Rejected", "Its StreamClass is gone");
    session.setStatus(null);
    trial();
    assertReady(plan(), "False", "AppNotReady");
    streamClass = Optional.of(CPU);
    assertThat(request().trial()).isTrue();
  }

  @Test
  void a_label_alone_makes_no_trial() {
    session.getMetadata().setLabels(Map.of("vitrine.dev/verifies", REVISION));
    assertThat(request().trial()).isFalse();
    trial();
    var owner = session.getMetadata().getOwnerReferences().getFirst();
    owner.setUid("another");
    assertThat(request().trial()).isFalse();
    owner.setUid("revision-uid");
    owner.setController(false);
    assertThat(request().trial()).isFalse();
  }
}
