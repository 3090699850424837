package dev.vitrine.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;

/** What is kept of a pod that is watched: {@link SlimPodModule} reads no more of it. */
public final class SlimPod {

  private SlimPod() {}

  /** The client gives each part a map of its own for fields that it does not know. */
  public static void trim(Pod pod) {
    var metadata = pod.getMetadata();
    metadata.setManagedFields(List.of());
    metadata.setAdditionalProperties(Map.of());
    metadata.getOwnerReferences().forEach(owner -> owner.setAdditionalProperties(Map.of()));
    pod.setAdditionalProperties(Map.of());
    if (pod.getStatus() != null) {
      trim(pod.getStatus());
    }
  }

  private static void trim(PodStatus status) {
    status.setAdditionalProperties(Map.of());
    status.getConditions().forEach(it -> it.setAdditionalProperties(Map.of()));
  }
}
