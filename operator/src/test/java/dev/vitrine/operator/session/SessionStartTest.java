package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static dev.vitrine.operator.testing.Fixtures.strict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.protocol.Lifetimes;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions whose pod is made, started and told of them. */
class SessionStartTest extends PlannedSession {

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
  void a_session_starts_in_less_time_than_its_app_s_if_it_wants_to_and_in_no_more() {
    podSays(FakeKubelet.notScheduled("0/1 nodes: 1 node(s) didn't match the node selector"));
    settle();
    now = NOW.truncatedTo(ChronoUnit.SECONDS); // when its pod was made
    wishes(60, 0);
    assertThat(startsWithin()).isEqualTo(60);
    wishes(86_400, 0);
    assertThat(startsWithin()).isEqualTo(300);
    streamClass = Optional.of(strict(streamClass("cpu", null), 40, 3600, 3600));
    assertThat(startsWithin()).as("the class has the last word").isEqualTo(40);
    trial();
    wishes(86_400, 600);
    assertThat(startsWithin()).as("a trial has its revision's own time").isEqualTo(86_400);
  }

  private long startsWithin() {
    return plan().lookAgainIn().orElseThrow().toSeconds();
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
}
