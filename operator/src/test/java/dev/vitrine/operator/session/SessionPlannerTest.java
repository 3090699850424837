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
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final StreamClass CPU = streamClass("cpu", null);

  private final RuntimePodFactory pods = new RuntimePodFactory("viewer");
  private final SessionPlanner planner =
      new SessionPlanner(new AssignmentFactory(SigningKey.generate().publicKeys()));
  private final StreamingApp app = app(List.of(), null);
  private final StreamSession session = session(null, Map.of());

  private Optional<PodAnswer> assignment = Optional.empty();
  private Optional<PodAnswer> state = Optional.empty();
  private Optional<Pod> pod = Optional.empty();
  private Optional<StreamingApp> knownApp = Optional.of(app);
  private Optional<StreamingAppRevision> revision = Optional.of(revision(app));
  private Optional<Instant> cordonedAt = Optional.empty();
  private List<PodFacts> surplus = List.of();
  private Placement placement = new Placement.None();
  private Optional<StreamClass> streamClass = Optional.of(CPU);
  private Instant now = NOW;

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
  void of_two_pods_none_goes_before_the_status_says_which_one_stays() {
    assigned();
    var other = new PodBuilder(pod.orElseThrow()).editMetadata().withUid("other").endMetadata();
    surplus = List.of(new PodFacts(other.build()));
    assertThat(plan().actions()).isEmpty();
    settle();
    assertThat(plan().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.DeletePod.class, it -> assertThat(it.pod().uid()).isEqualTo("other"));
  }

  @Test
  void a_second_look_at_the_same_changes_nothing() {
    settle();
    now = NOW.plusSeconds(5);
    assertThat(plan().status()).isEqualTo(session.getStatus());
  }

  @Test
  void a_clock_that_jumps_ends_nobody() {
    assigned();
    settle();
    now = NOW.minusSeconds(86_400);
    assertThat(plan().status()).isEqualTo(session.getStatus());
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(86_400);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
    assertThat(plan().status()).isEqualTo(session.getStatus());
  }

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
  void what_was_said_of_an_app_before_its_edit_does_not_count() {
    app.getMetadata().setGeneration(2L);
    assertReady(plan(), "False", "AppNotReady");
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
  void a_parameter_that_a_refused_edit_declared_badly_can_be_given_by_nobody() {
    var bad = new Parameter("mode", Parameter.Type.String, null, null, "(", List.of(), true, null);
    app.setSpec(app(List.of(bad), null).getSpec());
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskForPod.class);
    session.setSpec(session(null, Map.of("mode", "x")).getSpec());
    assertEnded("Rejected", "spec.parameters.mode is not declared by the app; it declares none");
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
  void a_session_whose_app_is_gone_by_force_ends_even_if_nobody_had_accepted_it_yet() {
    podSays(FakeKubelet.waiting("ContainerCreating", null));
    knownApp = Optional.empty();
    assertEnded("AppDeleted", "The app was deleted");
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
  void a_trial_does_not_care_what_was_said_of_its_app_before_it_was_accepted() {
    var refused = Conditions.isFalse(ConditionType.READY, AppReason.ClassNotFound, "no class");
    app.setStatus(
        new StreamingAppStatus(
            List.of(refused.edit().withObservedGeneration(1L).build()), null, List.of(), null));
    trial();
    assertThat(request().trial()).isTrue();
  }

  @Test
  void a_failure_after_the_end_changes_nothing() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    assertThat(SessionReport.failed(view(), new IllegalStateException("boom")))
        .isEqualTo(session.getStatus());
  }

  @Test
  void an_undeclared_parameter_is_rejected_by_name() {
    session.setSpec(session(null, Map.of("speed", "1")).getSpec());
    assertEnded("Rejected", "spec.parameters.speed is not declared by the app; it declares none");
  }

  @Test
  void a_class_that_the_app_does_not_offer_is_rejected() {
    session.setSpec(session("big", Map.of()).getSpec());
    assertEnded(
        "Rejected", "spec.class: big is not a class of StreamingApp demo; it offers cpu, gpu");
  }

  @Test
  void a_pod_without_a_node_is_told_in_the_schedulers_words_and_once() {
    podSays(FakeKubelet.notScheduled("0/1 nodes: Insufficient nvidia.com/gpu"));
    var plan = settle();
    assertReady(plan, "False", "Unschedulable");
    assertThat(condition(plan, ConditionType.READY).getMessage()).contains("Insufficient nvidia");
    assertThat(plan.events()).singleElement().extracting("reason").isEqualTo("Unschedulable");
    assertThat(plan().events()).isEmpty();
  }

  @Test
  void an_image_that_was_not_pulled_at_first_is_told_and_waited_for() {
    podSays(FakeKubelet.waiting("ErrImagePull", "no such host"));
    assertReady(plan(), "False", "ImageNotPulled");
  }

  @Test
  void an_image_that_cannot_be_pulled_for_a_minute_ends_the_session() {
    podSays(FakeKubelet.scheduled(FakeKubelet.waiting("ImagePullBackOff", "not found: x"), NOW));
    now = NOW.plusSeconds(59);
    assertReady(plan(), "False", "ImageNotPulled");
    now = NOW.plusSeconds(60);
    assertEnded("AppFailed", "The container cannot start: ImagePullBackOff: not found: x");
  }

  @Test
  void a_pod_that_never_gets_ready_ends_the_session_at_its_start_timeout() {
    podSays(FakeKubelet.waiting("ContainerCreating", null));
    settle();
    now = NOW.plusSeconds(300);
    assertEnded("StartTimeout", "The pod was not ready in time: The pod is starting");
  }

  @Test
  void a_pod_that_no_node_has_room_for_waits_as_in_line_and_its_start_counts_from_its_node() {
    podSays(FakeKubelet.notScheduled("0/1 nodes are available: 1 Insufficient cpu."));
    settle();
    now = NOW.plusSeconds(899);
    assertReady(plan(), "False", "Unschedulable");
    now = NOW.plusSeconds(900);
    assertEnded(
        "QueueTimeout",
        "No node had room for too long: 0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(plan().events()).isEmpty();
    var starting = FakeKubelet.waiting("ContainerCreating", null);
    starting.setConditions(
        List.of(
            new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T00:14:00Z")
                .build()));
    podSays(starting);
    assertReady(plan(), "False", "Starting");
    now = NOW.plusSeconds(840 + 300);
    assertThat(ended(plan()).getReason()).isEqualTo("StartTimeout");
  }

  @Test
  void a_pod_that_no_room_would_help_is_given_up_at_its_start_timeout() {
    podSays(FakeKubelet.notScheduled("0/1 nodes: 1 node(s) didn't match the node selector"));
    settle();
    now = NOW.plusSeconds(300);
    assertThat(ended(plan()).getReason()).isEqualTo("StartTimeout");
  }

  @Test
  void a_ready_pod_is_told_of_its_session() {
    podSays(FakeKubelet.running("10.0.0.9"));
    var plan = settle();
    assertThat(plan.status())
        .as("its answer is written, and not the question")
        .isEqualTo(StreamSessionStatus.empty());
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Assign.class,
            it -> {
              assertThat(it.assignment().podUid()).isEqualTo("pod-uid");
              assertThat(it.assignment().session().uid()).isEqualTo("0123456789-session-uid");
              assertThat(it.assignment().lifetimes())
                  .isEqualTo(new Lifetimes(120, 20, 900, 20000, 60, 1800, 20000));
            });
  }

  @Test
  void a_lifetime_beyond_the_class_s_is_brought_down_to_it() {
    podSays(FakeKubelet.running("10.0.0.9"));
    assertThat(plan().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Assign.class,
            it -> assertThat(it.assignment().lifetimes().maxSeconds()).isEqualTo(20000));
  }

  @Test
  void a_pod_that_is_silent_is_told_again_after_a_moment() {
    podSays(FakeKubelet.running("10.0.0.9"));
    assignment = Optional.of(new PodAnswer.Silence(NOW, "refused"));
    assertReady(plan(), "False", "Assigning");
    assertThat(plan().actions()).isEmpty();
    assertThat(plan().lookAgainIn()).contains(Duration.ofMillis(500));
    now = NOW.plusSeconds(1);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.Assign.class);
  }

  @Test
  void a_pod_that_serves_another_session_ends_this_one() {
    podSays(FakeKubelet.running("10.0.0.9"));
    assignment = Optional.of(new PodAnswer.Taken(NOW, "it serves two"));
    assertEnded("AppFailed", "The pod refused the session: it serves two");
  }

  @Test
  void an_accepted_session_is_ready_and_knows_when() {
    assigned();
    var plan = plan();
    assertReady(plan, "True", "Waiting");
    assertThat(condition(plan, ConditionType.ASSIGNED).getStatus()).isEqualTo("True");
    assertThat(plan.status().timeline().assignedAt()).isEqualTo(Times.micros(NOW));
    assertThat(plan.lookAgainIn()).contains(Duration.ofSeconds(150));
  }

  @Test
  void a_connected_viewer_is_reported_and_labelled() {
    assigned();
    reported(Connection.State.Connected, null);
    var plan = plan();
    assertReady(plan, "True", "Connected");
    assertThat(condition(plan, ConditionType.CONNECTED).getStatus()).isEqualTo("True");
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.LabelConnected.class, it -> assertThat(it.connected()).isTrue());
    assertThat(plan.status().timeline().connectedAt()).isEqualTo("2026-01-01T00:00:00.123456Z");
    assertThat(plan.status().connection()).isNull();
  }

  @Test
  void a_stage_that_cannot_be_opened_is_told_in_the_state() {
    assigned();
    reported(Connection.State.Connected, "a.usda is empty");
    assertThat(condition(plan(), ConditionType.READY).getMessage())
        .isEqualTo("A viewer is connected; the stage could not be opened: a.usda is empty");
  }

  @Test
  void an_overdue_runtime_is_asked_before_it_is_ended() {
    assigned();
    now = NOW.plusSeconds(149);
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(150);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
    state = Optional.of(new PodAnswer.Yes(now));
    assertReady(plan(), "True", "Waiting");
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(180);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
  }

  @Test
  void a_viewer_who_moves_is_asked_about_once_in_the_idle_time() {
    assigned();
    reported(Connection.State.Connected, null);
    now = NOW.plusSeconds(930);
    assertThat(asksForState()).isTrue();
    state = Optional.of(new PodAnswer.Yes(now, connected(now.minusSeconds(5))));
    assertThat(asksForState()).isFalse();
    assertThat(plan().lookAgainIn()).contains(Duration.ofSeconds(925));
    now = now.plusSeconds(924);
    assertThat(asksForState()).isFalse();
    now = now.plusSeconds(1);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void what_a_runtime_said_before_it_was_overdue_says_nothing_of_that() {
    assigned();
    state = Optional.of(new PodAnswer.Yes(NOW.plusSeconds(140), connected(NOW.plusSeconds(140))));
    now = NOW.plusSeconds(150);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void an_idle_runtime_that_answers_and_does_not_end_is_asked_again_and_again() {
    assigned();
    reported(Connection.State.Connected, null);
    now = NOW.plusSeconds(930);
    state = Optional.of(new PodAnswer.Yes(now, connected(NOW)));
    assertThat(plan().lookAgainIn()).contains(Deadline.GRACE);
    now = now.plus(Deadline.GRACE);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void a_runtime_that_says_when_asked_that_its_session_is_over_is_believed() {
    assigned();
    now = NOW.plusSeconds(150);
    state = Optional.of(new PodAnswer.Yes(now, reportedEnd(EndReason.IdleTimeout, "Nobody moved")));
    assertEnded("IdleTimeout", "Nobody moved");
  }

  @Test
  void an_end_that_is_reported_is_written_at_once_and_nothing_before_it() {
    assigned();
    settle();
    session.setStatus(
        session.getStatus().withConnection(reportedEnd(EndReason.NodeDrained, "Told to stop.")));
    assertEnded("NodeDrained", "Told to stop.");
    makesRoom();
    assertEnded("Preempted", "It made room for a session of higher priority");
  }

  private boolean asksForState() {
    return plan().actions().stream().anyMatch(Action.AskState.class::isInstance);
  }

  private static Connection connected(Instant lastInputAt) {
    return new Connection(
        0,
        Connection.State.Connected,
        Times.micros(NOW),
        null,
        null,
        Times.micros(lastInputAt),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void a_silent_overdue_runtime_is_ended_with_its_reason() {
    assigned();
    now = NOW.plusSeconds(151);
    state = Optional.of(new PodAnswer.Silence(now, "timeout"));
    assertEnded("ConnectTimeout", "The runtime did not end the session itself, nor answer");
  }

  @Test
  void a_runtimes_last_word_is_the_reason() {
    podSays(
        FakeKubelet.terminated(
            0, "Completed", "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}"));
    assertEnded("ClosedByViewer", "bye");
    assertThat(plan().events()).isEmpty();
  }

  @Test
  void a_runtime_cannot_claim_what_is_not_its_own() {
    podSays(FakeKubelet.terminated(1, "Error", "{\"reason\":\"Preempted\",\"message\":\"x\"}"));
    assertThat(ended(plan()).getReason()).isEqualTo("AppFailed");
  }

  @Test
  void an_app_that_exits_at_once_is_quoted() {
    podSays(FakeKubelet.terminated(3, "Error", "no such file"));
    assertEnded(
        "AppFailed", "The application ended with exit code 3; its last words: no such file");
    assertThat(plan().events()).singleElement().extracting("reason").isEqualTo("AppFailed");
  }

  @Test
  void an_orderly_exit_without_a_word_is_the_apps() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    assertEnded("AppExited", "The application ended");
  }

  @Test
  void too_much_memory_is_said_so() {
    podSays(FakeKubelet.terminated(137, "OOMKilled", null));
    assertEnded("AppFailed", "The container used more memory than its class allows");
  }

  @Test
  void a_pod_that_vanished_is_lost() {
    assigned();
    settle();
    pod = Optional.empty();
    assertEnded("PodLost", "The pod is gone, or its node");
  }

  @Test
  void a_warm_pod_that_is_lost_before_anybody_connected_is_replaced() {
    assigned();
    named("idle-1");
    settle();
    pod = Optional.empty();
    now = NOW.plusSeconds(9);
    var plan = settle();
    assertReady(plan, "False", "Starting");
    assertThat(condition(plan, ConditionType.ASSIGNED).getStatus()).isEqualTo("False");
    assertThat(plan.status().podName()).isNull();
    assertThat(plan.status().lostPods()).containsExactly(new LostPod("idle-1", Times.micros(now)));
    assertThat(plan.status().timeline().assignedAt()).isNull();
    assertThat(plan.events())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getReason()).isEqualTo("PodLost");
              assertThat(it.getNote()).isEqualTo("Lost idle-1: The pod is gone, or its node");
            });

    assignment = Optional.empty();
    var wanted = request();
    assertThat(wanted.since()).as("its place by age").isEqualTo(NOW);
    assertThat(wanted.until()).as("and patience anew").isEqualTo(now.plusSeconds(900));
    assertThat(plan().status()).as("nothing is written for it").isEqualTo(plan.status());
  }

  @Test
  void a_warm_pod_that_ended_without_a_viewer_is_replaced_whatever_became_of_it() {
    var evicted = FakeKubelet.terminated(143, "Error", null);
    evicted.setReason("Evicted");
    for (var fate :
        List.of(
            FakeKubelet.terminated(139, "Error", null),
            evicted,
            new PodStatusBuilder().withPhase("Failed").build())) {
      session.setStatus(null);
      podSays(fate);
      named("idle-1");
      assertThat(plan().status().lostPods()).extracting(LostPod::name).containsExactly("idle-1");
    }
    podSays(FakeKubelet.running("10.0.0.9"));
    named("idle-1");
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertThat(plan().status().lostPods()).as("told to stop").isNotEmpty();
  }

  @Test
  void a_lost_pod_goes_once_the_status_says_so_and_what_it_reported_is_forgotten() {
    assigned();
    named("idle-1");
    session.setStatus(
        StreamSessionStatus.empty().withConnection(reportedEnd(EndReason.NodeDrained, "bye")));
    var plan = settle();
    assertThat(plan.status().lostPods()).isNotEmpty();
    assertThat(plan.actions()).containsExactly(new Action.ForgetReport());
    surplus = pod.map(PodFacts::new).stream().toList();
    pod = Optional.empty();
    assignment = Optional.empty();
    assertThat(plan().actions())
        .hasSize(2)
        .anyMatch(Action.AskForPod.class::isInstance)
        .contains(new Action.DeletePod(surplus.getFirst()));
  }

  @Test
  void the_loss_of_a_fourth_warm_pod_ends_the_session_and_so_does_one_that_had_a_viewer() {
    for (var i = 1; i <= LostPod.MOST; i++) {
      assigned();
      named("idle-" + i);
      settle();
      pod = Optional.empty();
      assertThat(settle().status().lostPods()).hasSize(i);
    }
    assigned();
    named("idle-4");
    settle();
    pod = Optional.empty();
    assertEnded("PodLost", "The pod is gone, or its node");

    assigned();
    named("idle-1");
    reported(Connection.State.Connected, null);
    settle();
    pod = Optional.empty();
    assertEnded("PodLost", "The pod is gone, or its node");
  }

  @Test
  void what_ends_a_session_by_right_ends_it_on_a_warm_pod_too() {
    podSays(
        FakeKubelet.terminated(
            0, "Completed", "{\"reason\":\"ConnectTimeout\",\"message\":\"nobody came\"}"));
    named("idle-1");
    assertEnded("ConnectTimeout", "nobody came");
    podSays(
        FakeKubelet.terminated(1, "Error", "{\"reason\":\"AppFailed\",\"message\":\"no GPU\"}"));
    named("idle-1");
    makesRoom();
    assertEnded("AppFailed", "no GPU");
    podSays(FakeKubelet.terminated(1, "Error", "no GPU"));
    named("idle-1");
    trial();
    assertEnded("AppFailed", "The application ended with exit code 1; its last words: no GPU");
  }

  private void named(String name) {
    pod.orElseThrow().getMetadata().setName(name);
  }

  @Test
  void a_deleted_pod_whose_node_never_answers_is_lost() {
    assigned();
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertReady(plan(), "True", "Draining");
    assertThat(plan().lookAgainIn())
        .as("there will be no event")
        .contains(Duration.between(NOW, Instant.parse("2026-01-01T00:00:30Z")));
    now = NOW.plusSeconds(31);
    assertEnded("PodLost", "The pod is gone, or its node");
  }

  @Test
  void a_viewer_s_time_of_grace_is_waited_for_on_a_node_that_answers_and_not_on_a_lost_one() {
    assigned();
    var metadata = pod.orElseThrow().getMetadata();
    metadata.setDeletionTimestamp("2026-01-01T00:01:10Z");
    metadata.setDeletionGracePeriodSeconds(70L);
    now = NOW.plusSeconds(31);
    assertReady(plan(), "True", "Draining");
    pod.orElseThrow()
        .getStatus()
        .getConditions()
        .forEach(condition -> condition.setStatus("False"));
    assertEnded("PodLost", "The pod is gone, or its node");
  }

  @Test
  void a_session_on_a_cordoned_node_goes_on_for_as_long_as_its_class_allows_and_says_so_once() {
    assigned();
    reported(Connection.State.Connected, null);
    onNode("node-1");
    cordonedAt = Optional.of(Instant.parse("2026-01-01T00:00:00Z"));
    var plan = settle();
    assertReady(plan, "True", "Draining");
    assertThat(condition(plan, ConditionType.READY).getMessage())
        .isEqualTo(
            "A viewer is connected; node node-1 is cordoned,"
                + " so the session ends at 2026-01-01T00:10:00Z");
    assertThat(condition(plan, ConditionType.CONNECTED).getReason()).isEqualTo("Connected");
    assertThat(plan.actions()).singleElement().isInstanceOf(Action.LabelConnected.class);
    assertThat(plan.lookAgainIn())
        .contains(Duration.between(NOW, Instant.parse("2026-01-01T00:10:00Z")));
    assertThat(plan.events()).singleElement().extracting("reason").isEqualTo("Draining");
    assertThat(plan().events()).isEmpty();
  }

  @Test
  void a_session_that_may_stay_no_longer_has_its_pod_told_to_stop_once() {
    assigned();
    onNode("node-1");
    cordonedAt = Optional.of(NOW);
    now = NOW.plusSeconds(600).minusNanos(1);
    settle();
    assertThat(plan().actions()).noneMatch(Action.DeletePod.class::isInstance);
    now = NOW.plusSeconds(600);
    var plan = settle();
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.DeletePod.class, it -> assertThat(it.pod().uid()).isEqualTo("pod-uid"));
    assertThat(condition(plan, ConditionType.READY).getMessage())
        .isEqualTo("It can be joined; nobody is connected; its pod is told to stop");
    assertThat(plan.events()).as("told when the node was cordoned").isEmpty();
    pod.orElseThrow().getMetadata().setDeletionTimestamp(now.plusSeconds(40).toString());
    assertThat(plan().actions()).isEmpty();
  }

  @Test
  void a_node_that_is_cordoned_no_more_keeps_its_sessions() {
    assigned();
    onNode("node-1");
    cordonedAt = Optional.of(NOW);
    assertReady(settle(), "True", "Draining");
    cordonedAt = Optional.empty();
    assertReady(settle(), "True", "Waiting");
    now = NOW.plusSeconds(149);
    assertThat(plan().actions()).isEmpty();
  }

  @Test
  void a_session_that_is_overdue_is_asked_on_a_cordoned_node_as_well() {
    assigned();
    onNode("node-1");
    cordonedAt = Optional.of(NOW);
    now = NOW.plusSeconds(150);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
    assertReady(plan(), "True", "Draining");
  }

  @Test
  void a_pod_that_is_deleted_before_it_serves_ends_the_session_at_once() {
    podSays(FakeKubelet.waiting("ContainerCreating", null));
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertEnded("NodeDrained", "The session's pod was told to stop.");
  }

  @ParameterizedTest
  @ValueSource(ints = {137, 143})
  void a_pod_that_was_told_to_stop_and_had_no_time_for_a_word_did_not_fail(int exitCode) {
    podSays(FakeKubelet.terminated(exitCode, "Error", "INFO: a line of its log"));
    assertThat(ended(plan()).getReason()).as("nobody told it").isEqualTo("AppFailed");
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertEnded("NodeDrained", "The session's pod was told to stop.");
  }

  @Test
  void a_pod_that_fails_while_it_is_told_to_stop_has_failed() {
    podSays(FakeKubelet.terminated(3, "Error", "boom"));
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertThat(ended(plan()).getReason()).isEqualTo("AppFailed");
    podSays(FakeKubelet.terminated(137, "OOMKilled", null));
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertThat(ended(plan()).getReason()).isEqualTo("AppFailed");
  }

  @Test
  void a_node_that_shuts_down_is_named_as_the_reason() {
    var lastWord = "{\"reason\":\"NodeDrained\",\"message\":\"The pod was told to stop.\"}";
    podSays(FakeKubelet.terminated(0, "Completed", lastWord));
    disruptedBy("Pod was terminated in response to imminent node shutdown.");
    assertEnded(
        "NodeDrained",
        "The pod was told to stop. Pod was terminated in response to imminent node shutdown.");
    podSays(FakeKubelet.terminated(137, "Error", null)); // its node did not wait
    disruptedBy("The node was low on resource: memory.");
    assertEnded(
        "NodeDrained", "The session's pod was told to stop. The node was low on resource: memory.");
  }

  @Test
  void a_pod_that_ended_before_its_container_is_lost_unless_it_was_told_to_stop() {
    podSays(new PodStatusBuilder().withPhase("Failed").withReason("NodeAffinity").build());
    assertEnded("PodLost", "The pod ended before its container: NodeAffinity");
    disruptedBy("Pod was terminated in response to imminent node shutdown.");
    assertThat(ended(plan()).getReason()).isEqualTo("NodeDrained");
  }

  @Test
  void a_pod_that_is_gone_had_reported_why() {
    assigned();
    settle();
    pod = Optional.empty();
    session.setStatus(
        session.getStatus().withConnection(reportedEnd(EndReason.NodeDrained, "Told to stop.")));
    assertEnded("NodeDrained", "Told to stop.");
    session.setStatus(
        session.getStatus().withConnection(reportedEnd(EndReason.Preempted, "not its to say")));
    assertEnded("PodLost", "The pod is gone, or its node");
  }

  @Test
  void a_session_that_makes_room_is_told_so_and_its_pod_says_goodbye() {
    assigned();
    makesRoom();
    var plan = plan();
    assertReady(plan, "True", "MakingRoom");
    assertThat(plan.actions()).singleElement().isInstanceOf(Action.DeletePod.class);
    assertThat(plan.events()).isEmpty();
    settle();
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertThat(plan().actions()).isEmpty();
    assertThat(plan().lookAgainIn())
        .contains(Duration.between(NOW, Instant.parse("2026-01-01T00:01:10Z")));
    now = NOW.plusSeconds(71);
    assertEnded("Preempted", "It made room for a session of higher priority");
  }

  @Test
  void a_session_that_makes_room_ends_preempted_whatever_told_its_runtime_to_stop() {
    for (var word : List.of("NodeDrained", "Preempted")) {
      podSays(
          FakeKubelet.terminated(
              0, "Completed", "{\"reason\":\"%s\",\"message\":\"\"}".formatted(word)));
      makesRoom();
      assertEnded("Preempted", "It made room for a session of higher priority");
      assertThat(plan().events()).hasSize(1);
    }
    podSays(
        FakeKubelet.terminated(
            0, "Completed", "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}"));
    makesRoom();
    assertEnded("ClosedByViewer", "bye");
  }

  @Test
  void a_session_that_nobody_has_joined_makes_room_at_once() {
    podSays(FakeKubelet.waiting("ContainerCreating", ""));
    makesRoom();
    assertEnded("Preempted", "It made room for a session of higher priority");
  }

  @Test
  void a_session_that_made_room_is_known_by_its_state_when_its_pod_is_gone() {
    assigned();
    makesRoom();
    settle();
    pod = Optional.empty();
    assertEnded("Preempted", "It made room for a session of higher priority");
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

  private void trial() {
    session.setSpec(new StreamSessionSpec("demo", null, REVISION, null, Map.of(), 0, null));
    session.getMetadata().setLabels(Map.of("vitrine.dev/verifies", REVISION));
    session.getMetadata().setOwnerReferences(List.of(Owners.controller(revision.orElseThrow())));
  }

  private void makesRoom() {
    pod.orElseThrow()
        .getMetadata()
        .setAnnotations(Map.of("vitrine.dev/preempted-for", "a-session"));
  }

  @Test
  void a_deleted_app_has_its_viewers_warned_before_their_sessions_end() {
    assigned();
    reported(Connection.State.Connected, null);
    deleteApp();
    var plan = plan();
    assertReady(plan, "True", "Draining");
    assertThat(condition(plan, ConditionType.READY).getMessage())
        .isEqualTo("A viewer is connected; it ends soon, because its app was deleted");
    assertThat(plan.actions()).singleElement().isInstanceOf(Action.DeletePod.class);
    settle();
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:40Z");
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(71);
    assertEnded("AppDeleted", "The app was deleted");
  }

  @Test
  void a_session_of_a_deleted_app_ends_so_whatever_told_its_runtime_to_stop() {
    for (var word : List.of("NodeDrained", "AppDeleted")) {
      podSays(
          FakeKubelet.terminated(
              0, "Completed", "{\"reason\":\"%s\",\"message\":\"\"}".formatted(word)));
      deleteApp();
      assertEnded("AppDeleted", "The app was deleted");
    }
    podSays(
        FakeKubelet.terminated(
            0, "Completed", "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}"));
    assertEnded("ClosedByViewer", "bye");
  }

  @Test
  void a_session_of_a_deleted_app_whose_pod_is_gone_ends_so() {
    assigned();
    settle();
    deleteApp();
    pod = Optional.empty();
    assertEnded("AppDeleted", "The app was deleted");
  }

  @Test
  void a_session_that_nobody_has_joined_ends_with_its_app_at_once() {
    deleteApp();
    assertEnded("AppDeleted", "The app was deleted");
    podSays(FakeKubelet.waiting("ContainerCreating", ""));
    assertEnded("AppDeleted", "The app was deleted");
  }

  private void deleteApp() {
    app.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
  }

  @Test
  void an_ended_session_loses_its_pod_and_goes_after_its_time() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    var plan = plan();
    assertThat(plan.actions()).singleElement().isInstanceOf(Action.DeletePod.class);
    assertThat(plan.lookAgainIn()).contains(Duration.ofSeconds(3600));
    pod = Optional.empty();
    now = NOW.plusSeconds(3600);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.DeleteSession.class);
  }

  @Test
  void an_end_stays_even_if_the_app_is_gone() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    knownApp = Optional.empty();
    assertThat(ended(plan()).getReason()).isEqualTo("AppExited");
  }

  @Test
  void a_cluster_failure_makes_the_state_unknown_and_keeps_the_rest() {
    assigned();
    settle();
    var status = SessionReport.failed(view(), new IllegalStateException("boom"));
    var ready = Conditions.find(status.conditions(), ConditionType.READY).orElseThrow();
    assertThat(ready.getStatus()).isEqualTo("Unknown");
    assertThat(ready.getMessage()).isEqualTo("boom");
    assertThat(Conditions.holds(status.conditions(), ConditionType.ASSIGNED)).isTrue();
    assertThat(status.podName()).isEqualTo("one-01234567");
  }

  private void assigned() {
    podSays(FakeKubelet.running("10.0.0.9"));
    assignment = Optional.of(new PodAnswer.Yes(NOW));
  }

  private void podSays(PodStatus status) {
    var made = pods.desired(app, revision.orElseThrow(), CPU, Map.of());
    made.getMetadata().setName("one-01234567");
    made.getMetadata().setUid("pod-uid");
    made.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    made.setStatus(status);
    pod = Optional.of(made);
  }

  private void onNode(String node) {
    pod.orElseThrow().getSpec().setNodeName(node);
  }

  private void disruptedBy(String words) {
    var target =
        new PodConditionBuilder()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withMessage(words)
            .build();
    pod.orElseThrow().getStatus().setConditions(List.of(target));
  }

  private static Connection reportedEnd(EndReason reason, String message) {
    return new Connection(
        1, Connection.State.Ended, null, null, null, null, null, null, null, reason, message, null);
  }

  private PodRequest request() {
    return ((Action.AskForPod) plan().actions().getFirst()).request();
  }

  private void reported(Connection.State connection, String stageError) {
    var at = Times.micros(NOW);
    session.setStatus(
        StreamSessionStatus.empty()
            .withConnection(
                new Connection(
                    1,
                    connection,
                    at,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Connection.Stage("a.usda", "failed", stageError))));
  }

  /** As if the plan had been carried out. */
  private SessionPlan settle() {
    var plan = plan();
    session.setStatus(plan.status());
    return plan;
  }

  private SessionPlan plan() {
    return planner.plan(view());
  }

  private SessionView view() {
    return new SessionView(
        session,
        knownApp,
        streamClass,
        revision,
        pod.map(PodFacts::new),
        cordonedAt,
        surplus,
        placement,
        NOW,
        assignment,
        state,
        now);
  }

  private void assertEnded(String reason, String message) {
    var end = ended(plan());
    assertThat(end.getReason()).isEqualTo(reason);
    assertThat(end.getMessage()).isEqualTo(message);
    assertThat(plan().status().timeline().endedAt()).isEqualTo(Times.micros(now));
    assertReady(plan(), "False", "Ended");
  }

  private static void assertReady(SessionPlan plan, String status, String reason) {
    var ready = condition(plan, ConditionType.READY);
    assertThat(ready.getReason()).isEqualTo(reason);
    assertThat(ready.getStatus()).isEqualTo(status);
    assertThat(ready.getObservedGeneration()).isEqualTo(1);
  }

  private static Condition ended(SessionPlan plan) {
    return condition(plan, ConditionType.ENDED);
  }

  private static Condition condition(SessionPlan plan, String type) {
    return Conditions.find(plan.status().conditions(), type).orElseThrow();
  }
}
