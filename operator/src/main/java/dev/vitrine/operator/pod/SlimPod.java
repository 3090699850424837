package dev.vitrine.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What is kept of a pod that is watched. */
public final class SlimPod {

  /** By the name of the node, "" for none: pods of a node share one, which nobody changes. */
  private static final Map<String, PodSpec> SPECS = new ConcurrentHashMap<>();

  /** Nodes come and go: beyond so many, those that are still there are remembered anew. */
  private static final int MAX_SPECS = 10_000;

  private SlimPod() {}

  /** Of what it is made of, only its node is read. */
  public static void trim(Pod pod) {
    var metadata = pod.getMetadata();
    metadata.setManagedFields(List.of());
    metadata.setAdditionalProperties(Map.of());
    metadata.getOwnerReferences().forEach(owner -> owner.setAdditionalProperties(Map.of()));
    pod.setSpec(spec(node(pod)));
    pod.setAdditionalProperties(Map.of());
    if (pod.getStatus() != null) {
      trim(pod.getStatus());
    }
  }

  private static void trim(PodStatus status) {
    status.setHostIPs(List.of());
    status.setPodIPs(List.of());
    status.setInitContainerStatuses(List.of());
    status.setEphemeralContainerStatuses(List.of());
    status.setResourceClaimStatuses(List.of());
    status.setAdditionalProperties(Map.of());
    status.getConditions().forEach(it -> it.setAdditionalProperties(Map.of()));
  }

  private static String node(Pod pod) {
    return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
  }

  private static PodSpec spec(String node) {
    if (SPECS.size() >= MAX_SPECS) {
      SPECS.clear();
    }
    return SPECS.computeIfAbsent(node, SlimPod::on);
  }

  private static PodSpec on(String node) {
    var spec = new PodSpec();
    spec.setNodeName(node.isEmpty() ? null : node);
    return spec;
  }
}
