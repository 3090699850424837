package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.testing.FakeKubelet;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Warm pods that are lost before their viewer came, and sessions that get another one. */
class SessionPodLostTest extends PlannedSession {

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
}
