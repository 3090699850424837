package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.let;
import static dev.vitrine.operator.testing.Fixtures.session;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static dev.vitrine.operator.testing.Fixtures.strict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.operator.testing.FakeKubelet;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a session is over, and what remains of it. */
class SessionEndTest extends PlannedSession {

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
  void a_session_is_kept_for_less_time_than_its_app_s_if_it_wants_to_and_for_no_more() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    wishes(300, 60);
    assertThat(keptFor()).isEqualTo(60);
    wishes(300, 2_592_000);
    assertThat(keptFor()).isEqualTo(3600);
    streamClass = Optional.of(strict(streamClass("cpu", null), 86_400, 3600, 40));
    assertThat(keptFor()).as("the class has the last word").isEqualTo(40);
    trial();
    wishes(86_400, 600);
    assertThat(keptFor()).as("a trial, until its revision has seen it").isEqualTo(600);
  }

  @Test
  void without_its_app_or_with_another_class_than_its_app_offers_it_is_kept_for_an_hour_at_most() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    let(app, new Lifetimes(300, 120, 20, 900, 28800, 60, 86_400));
    assertThat(keptFor()).isEqualTo(86_400);
    knownApp = Optional.empty();
    assertThat(keptFor()).isEqualTo(3600);
    wishes(300, 2_592_000);
    assertThat(keptFor()).isEqualTo(3600);
    wishes(300, 60);
    assertThat(keptFor()).isEqualTo(60);
    knownApp = Optional.of(app);
    session.setSpec(session("big", Map.of()).getSpec());
    assertThat(keptFor()).isEqualTo(3600);
  }

  private long keptFor() {
    return plan().lookAgainIn().orElseThrow().toSeconds();
  }

  @Test
  void an_end_stays_even_if_the_app_is_gone() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    knownApp = Optional.empty();
    assertThat(ended(plan()).getReason()).isEqualTo("AppExited");
  }

  @Test
  void a_failure_after_the_end_changes_nothing() {
    podSays(FakeKubelet.terminated(0, "Completed", null));
    settle();
    assertThat(SessionReport.failed(view(), new IllegalStateException("boom")))
        .isEqualTo(session.getStatus());
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
}
