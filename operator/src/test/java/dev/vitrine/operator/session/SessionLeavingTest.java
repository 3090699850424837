package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.operator.testing.FakeKubelet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions whose pod has to go: drained, deleted, preempted, or of an app that is no more. */
class SessionLeavingTest extends PlannedSession {

  @Test
  void a_deleted_pod_whose_node_never_answers_is_lost() {
    assigned();
    pod.orElseThrow().getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertReady(settle(), "True", "Draining");
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
    settle();
    var plan = plan();
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

  @Test
  void a_session_that_makes_room_is_told_so_and_its_pod_says_goodbye() {
    assigned();
    makesRoom();
    var plan = settle();
    assertReady(plan, "True", "MakingRoom");
    assertThat(plan.actions()).as("not before its status says why").isEmpty();
    assertThat(plan.lookAgainIn()).contains(Duration.ofMillis(100));
    assertThat(plan.events()).isEmpty();
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.DeletePod.class);
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
  void a_failure_does_not_hide_that_a_session_makes_room() {
    assigned();
    makesRoom();
    settle();
    session.setStatus(SessionReport.failed(view(), new IllegalStateException("reset")));
    pod = Optional.empty();
    assertEnded("Preempted", "It made room for a session of higher priority");
  }

  @Test
  void a_deleted_app_has_its_viewers_warned_before_their_sessions_end() {
    assigned();
    reported(Connection.State.Connected, null);
    deleteApp();
    var plan = settle();
    assertReady(plan, "True", "Draining");
    assertThat(condition(plan, ConditionType.READY).getMessage())
        .isEqualTo("A viewer is connected; it ends soon, because its app was deleted");
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.DeletePod.class);
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

  private void onNode(String node) {
    pod.orElseThrow().getSpec().setNodeName(node);
  }
}
