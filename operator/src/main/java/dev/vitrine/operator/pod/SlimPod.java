package dev.vitrine.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;

/** What is kept of a pod that is watched. */
public final class SlimPod {

  private SlimPod() {}

  /** Of what it is made of, only its node is read. */
  public static void trim(Pod pod) {
    pod.getMetadata().setManagedFields(List.of());
    pod.setSpec(new PodSpecBuilder().withNodeName(pod.getSpec().getNodeName()).build());
  }
}
