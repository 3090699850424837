package dev.vitrine.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.ViewerPodFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevisionPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RevisionPlanner planner =
      new RevisionPlanner(
          new ViewerPodFactory("vitrine/runtime:1", URI.create("http://gateway/watches")));
  private final StreamingApp app = Fixtures.app(List.of(), null);
  private final StreamingAppRevision revision = Fixtures.revision(app);
  private Optional<StreamSession> session = Optional.empty();
  private Optional<PodFacts> pod = Optional.empty();
  private Optional<PodFacts> viewer = Optional.empty();
  private Optional<String> lastLines = Optional.empty();
  private Instant now = NOW;

  @BeforeEach
  void nobodyHasLooked() {
    revision.setStatus(null);
  }

  @Test
  void where_nothing_is_asked_nothing_is_tried() {
    verification(Rollout.Mode.None);
    assertVerified("True", "NotAsked");
    assertThat(plan().create()).isEmpty();
  }

  @Test
  void a_session_of_our_own_tries_it_pinned_and_with_the_parameters_that_are_asked_for() {
    assertVerified("Unknown", "Verifying");
    assertThat(plan().create())
        .singleElement()
        .isInstanceOfSatisfying(
            StreamSession.class,
            made -> {
              assertThat(made.getMetadata().getName()).isEqualTo(Fixtures.REVISION);
              assertThat(made.getMetadata().getLabels())
                  .containsEntry("vitrine.dev/verifies", Fixtures.REVISION);
              assertThat(made.getMetadata().getOwnerReferences()).hasSize(1);
              assertThat(made.getSpec().revision()).isEqualTo(Fixtures.REVISION);
              assertThat(made.getSpec().parameters()).containsEntry("stage", "a.usda");
              assertThat(made.getSpec().lifetimes().reconnectSeconds()).isZero();
            });
  }

  @Test
  void it_waits_while_the_house_is_full_for_as_long_as_that_takes() {
    trial(ready("False", SessionReason.Queued, "the house is full"));
    now = NOW.plusSeconds(99_999);
    assertVerified("Unknown", "WaitingForCapacity");
    assertThat(message()).isEqualTo("the house is full");
    pod(FakeKubelet.notScheduled("0/3 nodes are available: 3 Insufficient cpu."));
    assertVerified("Unknown", "WaitingForCapacity");
    assertThat(message()).isEqualTo("0/3 nodes are available: 3 Insufficient cpu.");
  }

  @Test
  void it_does_not_wait_for_a_node_that_no_room_would_make_fit() {
    trial(ready("False", SessionReason.Starting, "no node"));
    pod(FakeKubelet.notScheduled("0/3 nodes are available: 3 node(s) didn't match selector."));
    assertVerified("Unknown", "Verifying");
    now = NOW.plusSeconds(180);
    assertVerified("False", "TimedOut");
    assertThat(message()).contains("(180)", "didn't match selector");
    pod(FakeKubelet.notScheduled("0/1 nodes are available: 1 node(s) were unschedulable."));
    assertVerified("Unknown", "WaitingForCapacity");
  }

  @Test
  void a_session_that_can_be_joined_gets_a_viewer_in_a_pod() {
    trial(ready("True", SessionReason.Waiting, "join me"));
    pod(FakeKubelet.running("10.0.0.1"));
    now = NOW.plusSeconds(30);
    assertVerified("Unknown", "Verifying");
    assertThat(plan().create())
        .singleElement()
        .isInstanceOfSatisfying(
            Pod.class,
            made -> {
              assertThat(made.getMetadata().getName()).isEqualTo(Fixtures.REVISION + "-viewer");
              assertThat(made.getMetadata().getLabels())
                  .containsEntry("vitrine.dev/watches", Fixtures.REVISION)
                  .doesNotContainKey("vitrine.dev/session");
              assertThat(made.getSpec().getContainers().getFirst().getEnv())
                  .extracting("value")
                  .contains("http://gateway/watches", "180");
            });
    assertThat(plan().lookAgainIn()).isEmpty();
    viewer(FakeKubelet.running("10.0.0.2"));
    assertThat(plan().create()).isEmpty();
  }

  @Test
  void ready_is_enough_where_no_more_is_asked() {
    verification(Rollout.Mode.Ready);
    trial(ready("True", SessionReason.Waiting, "join me"));
    pod(FakeKubelet.running("10.0.0.1"));
    assertVerified("True", "Ready");
    assertThat(plan().create()).isEmpty();
    assertThat(plan().delete()).as("its session has done its work").hasSize(1);
  }

  @Test
  void a_decoded_picture_is_the_proof_and_the_image_is_noted() {
    trial(ready("True", SessionReason.Connected, "watching"));
    var running = FakeKubelet.running("10.0.0.1");
    running.setContainerStatuses(FakeKubelet.terminated(0, "", "").getContainerStatuses());
    running.getContainerStatuses().getFirst().setImageID("registry/viewer@sha256:1");
    running.getContainerStatuses().getFirst().setState(null);
    pod(running);
    viewer(
        FakeKubelet.terminated(
            0, "Completed", "{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":812}}"));
    assertVerified("True", "FrameDecoded");
    assertThat(message()).isEqualTo("A viewer decoded a picture of 1280x720 after 812 ms");
    assertThat(plan().status().imageDigest()).isEqualTo("registry/viewer@sha256:1");
  }

  @Test
  void a_viewer_that_saw_nothing_is_believed_too() {
    trial(ready("True", SessionReason.Connected, "watching"));
    pod(FakeKubelet.running("10.0.0.1"));
    viewer(FakeKubelet.terminated(1, "Error", "{\"failed\":\"every picture is of one colour\"}"));
    assertVerified("False", "NoFrame");
    assertThat(message()).isEqualTo("every picture is of one colour");
  }

  @Test
  void a_viewer_that_ends_without_a_verdict_says_nothing_of_the_revision() {
    trial(ready("True", SessionReason.Connected, "watching"));
    pod(FakeKubelet.running("10.0.0.1"));
    viewer(FakeKubelet.terminated(143, "Error", ""));
    assertVerified("Unknown", "Verifying");
    assertThat(message())
        .isEqualTo("Once more. The viewer ended with exit code 143 and without a verdict.");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
    viewer(
        new PodStatusBuilder()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage("The node was low on memory.")
            .build());
    assertVerified("Unknown", "Verifying");
    assertThat(message())
        .isEqualTo(
            "Once more. The viewer ended without a verdict. Evicted The node was low on memory.");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
  }

  @Test
  void a_third_try_without_a_verdict_is_the_last_however_often_each_is_seen() {
    for (var uid : List.of("first", "second", "third")) {
      assertVerified("Unknown", "Verifying");
      trial(ended(EndReason.PodLost, "the node is gone"));
      session.orElseThrow().getMetadata().setUid(uid);
      onNode();
      revision.setStatus(plan().status());
      revision.setStatus(plan().status());
      session = uid.equals("third") ? session : Optional.empty();
    }
    assertVerified("False", "SessionFailed");
    assertThat(message())
        .isEqualTo("It was tried 3 times and came to no verdict. PodLost: the node is gone");
  }

  @ParameterizedTest
  @EnumSource(
      value = EndReason.class,
      names = {"QueueTimeout", "Preempted", "ConnectTimeout", "ClosedByApi"})
  void a_full_house_never_fails_a_revision_however_often(EndReason reason) {
    for (var uid : List.of("first", "second", "third", "fourth")) {
      trial(ended(reason, "bad luck"));
      session.orElseThrow().getMetadata().setUid(uid);
      onNode();
      revision.setStatus(plan().status());
      assertVerified("Unknown", "Verifying");
    }
  }

  @Test
  void a_start_that_took_too_long_without_a_node_is_no_fault_of_the_revision() {
    trial(ended(EndReason.StartTimeout, "no node has room"));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
    onNode();
    assertVerified("False", "SessionFailed");
  }

  @Test
  void parameters_that_are_not_asked_for_any_more_are_no_fault_of_the_revision() {
    trial(ended(EndReason.Rejected, "spec.parameters: no such parameter"));
    assertVerified("False", "SessionFailed");
    session
        .orElseThrow()
        .setSpec(Fixtures.session(null, Map.of("stage", "another.usda")).getSpec());
    assertVerified("Unknown", "Verifying");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
  }

  @Test
  void what_the_app_does_not_say_any_more_is_not_tried() {
    trial(ended(EndReason.Rejected, "spec.parameters: of another revision"));
    revision.setSpec(
        StreamingAppRevisionSpec.of(
            Fixtures.app(List.of(), Map.of("spec", Map.of("hostname", "before")))));
    assertVerified("Unknown", "Superseded");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
    session = Optional.empty();
    assertVerified("Unknown", "Superseded");
    assertThat(plan().create()).isEmpty();
    revision.setStatus(plan().status());
    revision.setSpec(StreamingAppRevisionSpec.of(app));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().create()).hasSize(1);
  }

  @Test
  void the_viewer_has_its_time_from_the_moment_that_it_has_a_node() {
    trial(ready("True", SessionReason.Waiting, "join me"));
    pod(FakeKubelet.running("10.0.0.1"));
    now = NOW.plusSeconds(9_999);
    assertThat(plan().create()).as("a viewer, however late a quota has room for it").hasSize(1);
    viewer(FakeKubelet.notScheduled("no room for viewers"));
    assertVerified("Unknown", "WaitingForCapacity");
    assertThat(message()).isEqualTo("no room for viewers");
    viewer(new PodStatusBuilder().withPhase("Pending").build());
    assertVerified("Unknown", "Verifying");
    assertThat(plan().lookAgainIn()).isEmpty();
    viewer(FakeKubelet.scheduled(FakeKubelet.running("10.0.0.2"), now));
    assertThat(plan().lookAgainIn()).contains(Duration.ofSeconds(180));
    say(ready("False", SessionReason.Ended, "The runtime is ending"));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().lookAgainIn()).contains(Duration.ofSeconds(180));
    now = now.plusSeconds(179);
    assertVerified("Unknown", "Verifying");
    now = now.plusSeconds(1);
    assertVerified("False", "TimedOut");
  }

  @Test
  void a_viewer_whose_image_cannot_be_pulled_says_so_and_that_it_is_not_the_revisions() {
    trial(ready("True", SessionReason.Waiting, "join me"));
    pod(FakeKubelet.running("10.0.0.1"));
    viewer(FakeKubelet.scheduled(FakeKubelet.waiting("ImagePullBackOff", "no such host"), NOW));
    assertThat(message())
        .isEqualTo(
            "Its viewer, which is not of the revision, does not start: ImagePullBackOff: no such"
                + " host");
    now = NOW.plusSeconds(180);
    assertVerified("False", "TimedOut");
    assertThat(message()).endsWith("ImagePullBackOff: no such host");
  }

  @Test
  void a_failure_without_a_word_of_the_container_quotes_its_log() {
    trial(ready("False", SessionReason.Starting, "The pod is starting"));
    pod(FakeKubelet.scheduled(FakeKubelet.running("10.0.0.1"), NOW));
    pod.orElseThrow().pod().setSpec(new PodSpecBuilder().withNodeName("node").build());
    assertThat(planner.toQuote(view())).isEmpty();
    now = NOW.plusSeconds(180);
    assertThat(planner.toQuote(view())).contains(pod.orElseThrow().pod());
    lastLines = Optional.of("no licence server");
    assertVerified("False", "TimedOut");
    assertThat(message()).endsWith("The pod is starting; its last lines: no licence server");
  }

  @Test
  void a_trial_that_the_api_server_refuses_fails_in_its_words() {
    var status = RevisionPlanner.refused(view(), "denied by policy");
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            verified -> {
              assertThat(verified.getStatus()).isEqualTo("False");
              assertThat(verified.getReason()).isEqualTo("SessionFailed");
              assertThat(verified.getMessage())
                  .isEqualTo("The API server refuses its trial: denied by policy");
            });
  }

  @Test
  void a_container_that_fails_is_quoted() {
    trial(ended(EndReason.AppFailed, "exit code 3; its last words: no such file"));
    assertVerified("False", "SessionFailed");
    assertThat(message()).isEqualTo("AppFailed: exit code 3; its last words: no such file");
  }

  @ParameterizedTest
  @EnumSource(
      value = EndReason.class,
      names = {"PodLost", "NodeDrained", "QueueTimeout", "Preempted", "ConnectTimeout"})
  void an_end_that_says_nothing_of_the_revision_is_tried_again(EndReason reason) {
    trial(ended(reason, "bad luck"));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
  }

  @Test
  void a_session_that_ended_because_its_viewer_has_seen_enough_waits_for_the_verdict() {
    trial(ended(EndReason.ClosedByViewer, "bye"));
    viewer(FakeKubelet.scheduled(FakeKubelet.running("10.0.0.2"), NOW));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().delete()).isEmpty();
    assertThat(plan().lookAgainIn()).as("not for ever").contains(Duration.ofSeconds(180));
    now = NOW.plusSeconds(180);
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
  }

  @Test
  void it_has_its_time_from_the_moment_that_it_has_a_pod() {
    trial(ready("False", SessionReason.Starting, "The pod is starting"));
    pod(FakeKubelet.waiting("ContainerCreating", null));
    now = NOW.plusSeconds(180);
    assertVerified("False", "TimedOut");
    assertThat(message())
        .isEqualTo(
            "It was not verified within spec.rollout.verification.timeoutSeconds (180). The pod is"
                + " starting");
  }

  @Test
  void the_time_that_it_waited_for_a_node_is_not_its_own() {
    trial(ready("False", SessionReason.Starting, "The pod is starting"));
    pod(
        FakeKubelet.scheduled(
            FakeKubelet.waiting("ContainerCreating", null), NOW.plusSeconds(500)));
    now = NOW.plusSeconds(600);
    assertVerified("Unknown", "Verifying");
    assertThat(plan().lookAgainIn()).contains(Duration.ofSeconds(80));
  }

  @Test
  void a_viewer_that_finds_no_node_spoils_the_trial_and_not_the_revision() {
    trial(ended(EndReason.ConnectTimeout, "nobody came"));
    viewer(FakeKubelet.notScheduled("no room"));
    assertVerified("Unknown", "Verifying");
    assertThat(plan().delete()).containsExactly(session.orElseThrow());
  }

  @Test
  void what_is_settled_stays_and_nothing_is_left_of_the_trial() {
    trial(ended(EndReason.ClosedByViewer, "bye"));
    viewer(FakeKubelet.terminated(1, "Error", "{\"failed\":\"nothing to see\"}"));
    revision.setStatus(plan().status());
    assertThat(plan().delete()).containsExactly(viewer.orElseThrow().pod());
    viewer = Optional.empty();
    session = Optional.empty();
    assertThat(plan().create()).isEmpty();
    assertThat(plan().status()).isEqualTo(revision.getStatus());
  }

  @Test
  void a_session_of_somebody_else_that_has_its_name_is_in_the_way() {
    trial(ready("True", SessionReason.Waiting, "join me"));
    session.orElseThrow().getMetadata().setLabels(Map.of());
    assertVerified("Unknown", "WaitingForCapacity");
    assertThat(message()).contains("delete StreamSession " + Fixtures.REVISION);
    assertThat(plan().delete()).isEmpty();
  }

  private void say(Condition condition) {
    session.orElseThrow().setStatus(StreamSessionStatus.empty().withConditions(List.of(condition)));
  }

  /** The session that tries it has had a pod there. */
  private void onNode() {
    var status = session.orElseThrow().getStatus();
    session
        .orElseThrow()
        .setStatus(
            new StreamSessionStatus(
                status.conditions(), "pod", List.of(), "node", null, null, null, null));
  }

  private void trial(Condition condition) {
    session = Optional.empty();
    var made = (StreamSession) plan().create().getFirst();
    made.getMetadata().setUid("session-uid");
    session = Optional.of(made);
    say(condition);
  }

  private static Condition ready(String status, SessionReason reason, String message) {
    return status.equals("True")
        ? Conditions.isTrue(ConditionType.READY, reason, message)
        : Conditions.isFalse(ConditionType.READY, reason, message);
  }

  private static Condition ended(EndReason reason, String message) {
    return Conditions.isTrue(ConditionType.ENDED, reason, message);
  }

  private void pod(PodStatus status) {
    pod = Optional.of(podOf("pod", status));
  }

  private void viewer(PodStatus status) {
    viewer = Optional.of(podOf("viewer", status));
  }

  private static PodFacts podOf(String name, PodStatus status) {
    return new PodFacts(
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withCreationTimestamp(NOW.toString())
            .endMetadata()
            .withStatus(status)
            .build());
  }

  private void verification(Rollout.Mode mode) {
    Fixtures.rollOut(
        app,
        new Rollout(
            Rollout.State.Running,
            List.of(),
            new Rollout.Verification(mode, Map.of("stage", "a.usda"), 180),
            50,
            5));
  }

  @BeforeEach
  void a_frame_is_asked_for() {
    verification(Rollout.Mode.DecodeFrame);
  }

  private RevisionView view() {
    return new RevisionView(revision, Optional.of(app), session, pod, viewer, lastLines, now);
  }

  private RevisionPlan plan() {
    return planner.plan(view());
  }

  private String message() {
    return plan().status().conditions().getFirst().getMessage();
  }

  private void assertVerified(String status, String reason) {
    assertThat(plan().status().conditions())
        .singleElement()
        .satisfies(
            verified -> {
              assertThat(verified.getType()).isEqualTo("Verified");
              assertThat(verified.getStatus()).isEqualTo(status);
              assertThat(verified.getReason()).isEqualTo(reason);
            });
  }
}
