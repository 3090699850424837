package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.operator.pod.DisruptionBudget;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nodes that are to be emptied and pods that are to go, on a real API server. What its node and
 * disruption controllers would write, the tests write.
 */
class DrainIT {

  private static final String LAST_WORD =
      "{\"reason\":\"NodeDrained\",\"message\":\"The session's pod was told to stop.\"}";

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private ControllerStand stand;
  private String node;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
    node = "node-" + stand.namespace;
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    var schedulable = new NodeBuilder().withNewMetadata().withName(node).endMetadata();
    stand.client.resource(schedulable.build()).create();
  }

  @AfterEach
  void stopController() {
    stand.close();
    stand.client.nodes().withName(node).delete();
  }

  @Test
  void a_session_on_a_cordoned_node_says_until_when_it_may_stay_and_forgets_it_with_the_cordon() {
    serveConnected("one");
    var since = now();
    cordon(since);
    stand.awaitReady("one", "True", "Draining");
    assertThat(condition(ConditionType.READY).getMessage())
        .isEqualTo(
            "A viewer is connected; node %s is cordoned, so the session ends at %s"
                .formatted(node, since.plusSeconds(600)));
    await("an event")
        .atMost(ControllerStand.LIMIT)
        .untilAsserted(() -> assertThat(eventsOfOne()).containsExactly("Draining"));
    uncordon();
    stand.awaitReady("one", "True", "Connected");
    assertThat(eventsOfOne()).containsExactly("Draining");
  }

  @Test
  void a_session_whose_time_on_a_cordoned_node_is_over_is_told_to_stop_and_ends_as_drained() {
    var pod = serveConnected("one");
    cordon(now().minus(Duration.ofHours(1)));
    stand.awaitPod(pod, Pod::isMarkedForDeletion);
    assertThat(stand.client.resource(pod).get().getMetadata().getDeletionGracePeriodSeconds())
        .as("for the viewer, and a little more")
        .isEqualTo(40);
    stand.awaitReady("one", "True", "Draining");
    stand.kubelet.ended(pod, 0, LAST_WORD);
    assertEnded("NodeDrained");
  }

  @Test
  void a_class_that_grants_less_time_ends_sessions_on_nodes_that_are_cordoned_already() {
    var pod = serveConnected("one");
    cordon(now());
    stand.awaitReady("one", "True", "Draining");
    stand.createClass("{lifetimes: {drainSeconds: 0}}");
    stand.awaitPod(pod, Pod::isMarkedForDeletion);
  }

  @Test
  void a_new_controller_counts_from_the_same_cordon() {
    serveConnected("one");
    cordon(now());
    stand.awaitReady("one", "True", "Draining");
    var before = stand.session("one");
    stand.restartController();
    stand.createSession("two");
    stand.serve("two");
    stand.awaitReady("two", "True", "Waiting");
    assertThat(stand.session("one")).isEqualTo(before);
  }

  @Test
  void a_pod_that_is_deleted_before_it_serves_ends_its_session_at_once() {
    stand.createSession("one");
    var pod = stand.awaitPodOf("one");
    stand.kubelet.bind(pod, node); // else it would be gone at once
    stand.awaitCondition("one", ConditionType.READY, it -> it.getReason().equals("Starting"));
    stand.client.resource(pod).delete();
    assertEnded("NodeDrained");
  }

  /** As the kubelet does it, which gives a pod no time of its own where it has none to give. */
  @Test
  void a_session_on_a_node_that_shuts_down_ends_as_drained_in_the_kubelets_words() {
    var pod = serveConnected("one");
    stand
        .client
        .resource(pod)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"phase": "Failed", "reason": "Terminated",
              "message": "Pod was terminated in response to imminent node shutdown.",
              "conditions": [{"type": "DisruptionTarget", "status": "True",
                "reason": "TerminationByKubelet",
                "message": "Pod was terminated in response to imminent node shutdown."}]}}
            """);
    assertEnded("NodeDrained");
    assertThat(condition(ConditionType.ENDED).getMessage()).contains("imminent node shutdown");
  }

  @Test
  void a_pod_is_evicted_only_while_nobody_is_connected() {
    var pod = serveConnected("one");
    countPods();
    assertThat(evict(pod)).as("with a viewer").isFalse();
    assertThat(stand.client.resource(pod).get().isMarkedForDeletion()).isFalse();
    stand.report("one", report(2, "Disconnected"));
    stand.awaitPod(pod, it -> !it.getMetadata().getLabels().containsKey("vitrine.dev/connected"));
    assertThat(evict(pod)).as("without one").isTrue();
    stand.awaitReady("one", "True", "Draining");
    assertThat(condition(ConditionType.READY).getMessage())
        .isEqualTo("The viewer was lost and may come back; its pod is told to stop");
    stand.kubelet.ended(pod, 0, LAST_WORD);
    assertEnded("NodeDrained");
    assertThat(condition(ConditionType.ENDED).getMessage()).contains("Eviction API");
  }

  @Test
  void a_disruption_budget_is_restored_whatever_is_done_to_it_and_left_alone_otherwise() {
    awaitBudget(it -> it != null);
    countPods(); // the status is not ours
    budget()
        .edit(it -> it.edit().editSpec().withMinAvailable(new IntOrString(0)).endSpec().build());
    awaitBudget(it -> it.getSpec().getMinAvailable().equals(new IntOrString(1_000_000)));
    assertThat(budget().get().getMetadata().getGeneration())
        .as("loosened and put right")
        .isEqualTo(3);
    budget().delete();
    awaitBudget(it -> it != null);
    assertThat(budget().get().getMetadata().getGeneration()).as("made anew").isEqualTo(1);
    assertThat(budget().get().getSpec())
        .as("what is seen is what was wanted, and is not written again")
        .isEqualTo(DisruptionBudget.desired(stand.app()).getSpec());
    assertThat(budget().get().getMetadata().getOwnerReferences())
        .singleElement()
        .extracting("kind")
        .isEqualTo("StreamingApp");
  }

  private Pod serveConnected(String session) {
    stand.createSession(session);
    stand.kubelet.bind(stand.awaitPodOf(session), node);
    var pod = stand.serve(session);
    stand.awaitReady(session, "True", "Waiting");
    stand.report(session, report(1, "Connected"));
    stand.awaitReady(session, "True", "Connected");
    stand.awaitPod(pod, it -> it.getMetadata().getLabels().containsKey("vitrine.dev/connected"));
    return pod;
  }

  /** Of a viewer who came now: no deadline is near that would wake the session. */
  private static String report(int seq, String state) {
    return "{\"seq\":%d,\"state\":\"%s\",\"connectedAt\":\"%s\"}".formatted(seq, state, now());
  }

  /** As `kubectl cordon` and the node controller do it. */
  private void cordon(Instant since) {
    var taint = new Taint("NoSchedule", "node.kubernetes.io/unschedulable", since.toString(), null);
    editNode(it -> it.edit().editSpec().withUnschedulable(true).addToTaints(taint).endSpec());
  }

  private void uncordon() {
    editNode(it -> it.edit().editSpec().withUnschedulable(false).withTaints().endSpec());
  }

  private void editNode(Function<Node, NodeBuilder> change) {
    stand.client.nodes().withName(node).edit(it -> change.apply(it).build());
  }

  /** As the disruption controller does it. */
  private void countPods() {
    awaitBudget(it -> it != null);
    budget()
        .editStatus(
            it -> {
              it.setStatus(
                  new PodDisruptionBudgetStatusBuilder()
                      .withObservedGeneration(it.getMetadata().getGeneration())
                      .withCurrentHealthy(1)
                      .withDesiredHealthy(it.getSpec().getMinAvailable().getIntVal())
                      .withExpectedPods(1)
                      .withDisruptionsAllowed(0)
                      .build());
              return it;
            });
  }

  private boolean evict(Pod pod) {
    var impatient = new ConfigBuilder(cluster.config()).withRequestRetryBackoffLimit(0).build();
    try (var client = new KubernetesClientBuilder().withConfig(impatient).build()) {
      return client
          .pods()
          .inNamespace(stand.namespace)
          .withName(pod.getMetadata().getName())
          .evict();
    }
  }

  private Resource<PodDisruptionBudget> budget() {
    return stand
        .client
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(stand.namespace)
        .withName("vitrine-demo");
  }

  private void awaitBudget(Predicate<PodDisruptionBudget> wanted) {
    await("the budget").atMost(ControllerStand.LIMIT).until(() -> budget().get(), wanted);
  }

  private void assertEnded(String reason) {
    stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(condition(ConditionType.ENDED).getReason()).isEqualTo(reason);
  }

  private Condition condition(String type) {
    return Conditions.find(stand.session("one").getStatus().conditions(), type).orElseThrow();
  }

  private List<String> eventsOfOne() {
    return stand
        .client
        .events()
        .v1()
        .events()
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getKind().equals("StreamSession"))
        .map(Event::getReason)
        .toList();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
