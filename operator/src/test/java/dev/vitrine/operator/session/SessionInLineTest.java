package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.REVISION;
import static dev.vitrine.operator.testing.Fixtures.app;
import static dev.vitrine.operator.testing.Fixtures.revision;
import static dev.vitrine.operator.testing.Fixtures.session;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions that want a pod, and wait for one. */
class SessionInLineTest extends PlannedSession {

  @Test
  void a_new_session_asks_for_a_pod_and_writes_nothing() {
    var plan = plan();
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.AskForPod.class,
            it -> {
              assertThat(it.request().pool())
                  .isEqualTo(new Pool(new Key("ns", "demo"), REVISION, "cpu"));
              assertThat(it.request().idlePod()).isTrue();
              assertThat(it.request().since()).isEqualTo(NOW);
            });
    assertThat(plan.status()).isEqualTo(StreamSessionStatus.empty());
    assertThat(plan.lookAgainIn()).contains(Duration.ofSeconds(900));
    assertThat(plan.events()).isEmpty();
  }

  @Test
  void a_session_in_line_says_for_what_it_waits_and_its_place() {
    placement = new Placement.InLine(7, "the house is full");
    var plan = settle();
    assertReady(plan, "False", "Queued");
    assertThat(condition(plan, ConditionType.READY).getMessage()).isEqualTo("the house is full");
    assertThat(plan.status().queuePlace()).isEqualTo(7);
    assertThat(plan.status().timeline().requestedAt()).isEqualTo("2026-01-01T00:00:00.123456Z");
    placement = new Placement.InLine(6, "the house is full");
    assertThat(plan().status()).as("a step forward").isEqualTo(plan.status());
    placement = new Placement.InLine(5, "the house is full");
    assertThat(plan().status().queuePlace()).isEqualTo(5);
  }

  @Test
  void a_session_that_waits_for_too_long_ends() {
    placement = new Placement.InLine(2, "The house is full");
    settle();
    now = NOW.plusSeconds(900);
    assertEnded("QueueTimeout", "It waited in line for too long. The house is full");
  }

  @Test
  void a_session_whose_pod_is_being_made_for_longer_than_it_would_wait_ends() {
    placement = new Placement.InHand();
    now = NOW.plusSeconds(929);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskForPod.class);
    now = NOW.plusSeconds(930);
    assertEnded("QueueTimeout", "Its pod could not be made while it was in line");
    placement = new Placement.None();
    assertThat(plan().actions())
        .as("nobody has tried yet")
        .singleElement()
        .isInstanceOf(Action.AskForPod.class);
  }

  @Test
  void a_pod_that_the_api_server_refuses_ends_the_session_in_its_words() {
    placement = new Placement.Refused("violates PodSecurity");
    assertEnded("AppFailed", "The API server refuses its pod: violates PodSecurity");
  }

  @Test
  void a_parameter_of_the_environment_needs_a_pod_of_its_own_unless_it_has_its_default() {
    var language =
        new Parameter(
            "lang", Parameter.Type.String, null, "en", null, List.of(), false, "APP_LANGUAGE");
    knownApp = Optional.of(app(List.of(language), null));
    revision = knownApp.map(Fixtures::revision);
    session.setSpec(session(null, Map.of("lang", "en")).getSpec());
    assertThat(request().idlePod()).isTrue();
    session.setSpec(session(null, Map.of("lang", "de")).getSpec());
    assertThat(request().idlePod()).isFalse();
  }

  @Test
  void a_second_look_at_the_same_changes_nothing() {
    settle();
    now = NOW.plusSeconds(5);
    assertThat(plan().status()).isEqualTo(session.getStatus());
  }

  @Test
  void a_session_in_line_stays_there_when_its_app_is_edited() {
    placement = new Placement.InLine(2, "The house is full");
    settle();
    app.getMetadata().setGeneration(2L);
    now = NOW.plusSeconds(600);
    assertReady(plan(), "False", "Queued");
  }

  @Test
  void a_session_in_line_outlasts_that_its_class_or_its_revision_is_missing_for_a_while() {
    placement = new Placement.InLine(2, "The house is full");
    settle();
    now = NOW.plusSeconds(600);
    streamClass = Optional.empty();
    assertStillAccepted("Its StreamClass is gone");
    streamClass = Optional.of(CPU);
    revision = Optional.empty();
    assertStillAccepted("StreamingApp demo has no revision for it");
    now = NOW.plusSeconds(900);
    assertEnded("QueueTimeout", "StreamingApp demo has no revision for it");
    revision = Optional.of(revision(app));
    now = NOW.plusSeconds(899);
    assertReady(settle(), "False", "Queued");
  }

  @Test
  void a_session_in_line_outlasts_that_its_app_is_refused_for_a_while() {
    placement = new Placement.InLine(2, "The house is full");
    settle();
    var refused = Conditions.isFalse(ConditionType.READY, AppReason.ClassNotFound, "no class");
    app.setStatus(
        new StreamingAppStatus(
            List.of(refused.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    now = NOW.plusSeconds(600);
    assertStillAccepted("StreamingApp demo is not ready: ClassNotFound: no class");
    now = NOW.plusSeconds(900);
    assertThat(ended(plan()).getReason()).isEqualTo("QueueTimeout");
  }

  private void assertStillAccepted(String message) {
    var plan = settle();
    assertReady(plan, "False", "AppNotReady");
    assertThat(condition(plan, ConditionType.READY).getMessage()).isEqualTo(message);
    assertThat(condition(plan, ConditionType.ACCEPTED).getStatus()).isEqualTo("True");
    assertThat(plan.lookAgainIn()).contains(Duration.ofSeconds(30));
  }
}
