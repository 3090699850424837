package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of idle pods that nobody claims: they fail, are outdated, or are in the way. */
class WarmPoolIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
  }

  @AfterEach
  void stopController() {
    stand.close();
  }

  @Test
  void a_pool_whose_pods_end_by_themselves_says_so_in_their_words() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    stand.kubelet.ended(stand.awaitIdlePods(1).getFirst(), 1, "no GPU");
    assertThat(stand.awaitApp("WarmPoolFull", "False", "Crashing").getMessage())
        .isEqualTo("Idle pods end by themselves: exit code 1: no GPU");
    awaitRipePool();
  }

  @Test
  void an_idle_pod_that_never_gets_ready_goes_and_its_pool_says_why() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var late = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.bind(late, "node-1");
    stand.kubelet.withoutImage(late, "no such image");
    assertThat(stand.awaitApp("WarmPoolFull", "False", "NotStarting").getMessage())
        .isEqualTo("Idle pods do not get ready in time: ImagePullBackOff: no such image");
    stand.awaitPod(late, Pod::isMarkedForDeletion);
    awaitRipePool();
  }

  @Test
  void an_edit_of_the_class_replaces_idle_pods_and_no_sessions() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    awaitRipePool();
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    var served = stand.awaitPodOf("one");
    awaitRipePool();
    var before = stand.awaitIdlePods(1).getFirst();

    stand.createClass("{resources: {cpu: {request: 200m}, memory: {request: 64Mi}}}");
    awaitGone(before);
    var after = stand.awaitIdlePods(1).getFirst();
    assertThat(cpuOf(after)).isEqualTo("200m");
    stand.kubelet.ready(after, "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
    stand.restartController();
    stand.createSession("two");
    stand.awaitReady("two", "True", "Waiting");

    assertThat(stand.session("two").getStatus().podName())
        .as("a new controller replaces nothing")
        .isEqualTo(after.getMetadata().getName());
    assertThat(stand.client.resource(served).get().isMarkedForDeletion()).isFalse();
  }

  @Test
  void idle_pods_yield_to_sessions_of_another_class_when_the_quota_is_full_and_refill_last() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    awaitRipePool();
    var idle = stand.awaitIdlePods(1).getFirst();
    createOtherApp();
    useQuota(1);

    createSessionOfOtherApp();
    awaitGone(idle);
    useQuota(0);
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    assertThat(stand.idlePods()).isEmpty();
  }

  private void createOtherApp() {
    var other =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %1$s-other}
        spec: {resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}
        ---
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: other, namespace: %1$s}
        spec: {classes: [%1$s-other], rollout: {verification: {mode: None}}}
        """
            .formatted(stand.namespace);
    stand
        .client
        .load(new ByteArrayInputStream(other.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(it -> stand.client.resource(it).create());
    await("the other app to be ready")
        .atMost(ControllerStand.LIMIT)
        .until(
            () -> {
              var app =
                  stand
                      .client
                      .resources(StreamingApp.class)
                      .inNamespace(stand.namespace)
                      .withName("other")
                      .get();
              return app.getStatus() != null
                  && Conditions.holds(app.getStatus().conditions(), "Ready");
            });
  }

  private void createSessionOfOtherApp() {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder().withName("one").withNamespace(stand.namespace).build());
    session.setSpec(StreamSessionSpec.of("other"));
    stand.client.resource(session).create();
  }

  /** A quota of one pod, and how many are used: nobody else counts them here. */
  private void useQuota(int used) {
    var quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("pods")
            .withNamespace(stand.namespace)
            .endMetadata()
            .withNewSpec()
            .addToHard("pods", new Quantity("1"))
            .endSpec()
            .build();
    if (stand.client.resource(quota).get() == null) {
      stand.client.resource(quota).create();
    }
    stand
        .client
        .resource(quota)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"hard\":{\"pods\":\"1\"},\"used\":{\"pods\":\"%d\"}}}".formatted(used));
  }

  /** Makes the idle pod ready, and waits until that is told. */
  private void awaitRipePool() {
    await("an idle pod that can serve")
        .atMost(ControllerStand.LIMIT)
        .until(
            stand::idlePods, idle -> idle.size() == 1 && !new PodFacts(idle.getFirst()).isOver());
    stand.kubelet.ready(stand.idlePods().getFirst(), "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
  }

  private void awaitGone(Pod pod) {
    await("the pod to be gone")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.client.resource(pod).get() == null);
  }

  private static String cpuOf(Pod pod) {
    return pod.getSpec()
        .getContainers()
        .getFirst()
        .getResources()
        .getRequests()
        .get("cpu")
        .toString();
  }
}
