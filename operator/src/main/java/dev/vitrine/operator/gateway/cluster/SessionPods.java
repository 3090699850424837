package dev.vitrine.operator.gateway.cluster;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which pod is a session's: one that it owns by the pod's own owner reference. */
final class SessionPods {

  private SessionPods() {}

  static List<String> ownerUids(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> "StreamSession".equals(owner.getKind()))
        .filter(owner -> owner.getApiVersion().startsWith("vitrine.dev/"))
        .map(OwnerReference::getUid)
        .toList();
  }

  /**
   * The first of a session's pods that has an address and is not going away.
   *
   * @param named the one that its status names, so that all agree on it where there are two for a
   *     moment; null: it names none yet
   */
  static Optional<Pod> serving(Collection<Pod> pods, @Nullable String named) {
    return pods.stream()
        .filter(pod -> named == null || pod.getMetadata().getName().equals(named))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
        .min(Comparator.comparing(pod -> pod.getMetadata().getUid()));
  }
}
