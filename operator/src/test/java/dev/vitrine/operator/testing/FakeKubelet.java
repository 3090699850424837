package dev.vitrine.operator.testing;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateWaitingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says of pods what a kubelet and a scheduler would say. */
public final class FakeKubelet {

  private static final String CONTAINER = "runtime";

  private final KubernetesClient client;

  public FakeKubelet(KubernetesClient client) {
    this.client = client;
  }

  /** From now on every pod that appears there gets ready at once; until the watch is closed. */
  public Watch readyAll(String namespace, String address) {
    return client
        .pods()
        .inNamespace(namespace)
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, Pod pod) {
                if (action == Action.ADDED) {
                  ready(pod, address);
                }
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  /** The pod runs and answers at {@code address}. */
  public void ready(Pod pod, String address) {
    report(pod, running(address));
  }

  /** As a scheduler does it. */
  public void bind(Pod pod, String node) {
    var target = new ObjectReferenceBuilder().withKind("Node").withName(node).build();
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .withTarget(target)
            .build();
    client.bindings().inNamespace(pod.getMetadata().getNamespace()).resource(binding).create();
  }

  /** No node has room for it. */
  public void unschedulable(Pod pod, String words) {
    report(pod, notScheduled(words));
  }

  /** No node has had room for it since then. */
  public void unschedulable(Pod pod, String words, Instant since) {
    var status = notScheduled(words);
    status
        .getConditions()
        .getFirst()
        .setLastTransitionTime(since.truncatedTo(ChronoUnit.SECONDS).toString());
    report(pod, status);
  }

  /** Its container waits, for a reason such as {@code ImagePullBackOff}. */
  public void waiting(Pod pod, String reason, String words) {
    report(pod, waiting(reason, words));
  }

  /** Its image could not be pulled for as long as anybody waits for one. */
  public void withoutImage(Pod pod, String words) {
    report(pod, scheduled(waiting("ImagePullBackOff", words), Instant.now().minusSeconds(60)));
  }

  /** Its container ended. */
  public void ended(Pod pod, int exitCode, String terminationMessage) {
    report(pod, terminated(exitCode, "Error", terminationMessage));
  }

  public static PodStatus running(String address) {
    var ready = new PodConditionBuilder().withType("Ready").withStatus("True").build();
    return new PodStatusBuilder()
        .withPhase("Running")
        .withPodIP(address)
        .withPodIPs(new PodIP(address))
        .withConditions(ready)
        .build();
  }

  public static PodStatus notScheduled(String words) {
    var scheduled =
        new PodConditionBuilder()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(words)
            .build();
    return new PodStatusBuilder().withPhase("Pending").withConditions(scheduled).build();
  }

  /** The same, on a node since then. */
  public static PodStatus scheduled(PodStatus status, Instant since) {
    var scheduled =
        new PodConditionBuilder()
            .withType("PodScheduled")
            .withStatus("True")
            .withLastTransitionTime(since.truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    return status.edit().addToConditions(scheduled).build();
  }

  public static PodStatus waiting(String reason, String words) {
    var waiting = new ContainerStateWaitingBuilder().withReason(reason).withMessage(words).build();
    return container("Pending", new ContainerStateBuilder().withWaiting(waiting).build());
  }

  public static PodStatus terminated(int exitCode, String reason, String message) {
    var terminated =
        new ContainerStateTerminatedBuilder()
            .withExitCode(exitCode)
            .withReason(reason)
            .withMessage(message)
            .build();
    return container(
        exitCode == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder().withTerminated(terminated).build());
  }

  private static PodStatus container(String phase, ContainerState state) {
    var container =
        new ContainerStatusBuilder()
            .withName(CONTAINER)
            .withImage("image")
            .withImageID("")
            .withReady(false)
            .withRestartCount(0)
            .withState(state)
            .build();
    return new PodStatusBuilder().withPhase(phase).withContainerStatuses(container).build();
  }

  /** Whatever else is changed of the pod meanwhile. */
  private void report(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":%s}".formatted(Serialization.asJson(status)));
  }
}
