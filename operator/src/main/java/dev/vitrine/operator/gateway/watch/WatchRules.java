package dev.vitrine.operator.gateway.watch;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.access.CallingPod;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which pod may watch which session: the one that a session which verifies something owns
 * as its viewer. A rule gives the sentence of a refusal, or nothing.
 */
final class WatchRules {

  private WatchRules() {}

  /**
   * What the pod alone tells, before any session is looked up.
   *
   * @param pod as it stands in the cluster; empty for none of that name
   */
  static Optional<String> refusal(
      CallingPod caller, Optional<Pod> pod, String namespace, String session) {
    if (!caller.namespace().equals(namespace)) {
      return Optional.of("A pod may watch sessions of its own namespace only.");
    }
    if (pod.filter(live -> live.getMetadata().getUid().equals(caller.uid())).isEmpty()) {
      return Optional.of("The pod of this token is gone.");
    }
    return session.equals(watched(pod.get()))
        ? Optional.empty()
        : Optional.of(
            "This pod is no viewer of session %s: its label %s says otherwise."
                .formatted(session, Labels.WATCHES));
  }

  /** What the session tells as well. */
  static Optional<String> refusal(Pod pod, StreamSession session) {
    var name = session.getMetadata().getName();
    if (pod.getMetadata().getOwnerReferences().stream().noneMatch(o -> controls(o, session))) {
      return Optional.of(
          "This pod is no viewer of session %s, which does not own it.".formatted(name));
    }
    return session.triesRevision()
        ? Optional.empty()
        : Optional.of(
            "Session %s is watched by people only: it tries no revision.".formatted(name));
  }

  private static boolean controls(OwnerReference owner, StreamSession session) {
    return Boolean.TRUE.equals(owner.getController())
        && owner.getKind().equals("StreamSession")
        && owner.getApiVersion().startsWith("vitrine.dev/")
        && owner.getName().equals(session.getMetadata().getName())
        && owner.getUid().equals(session.getMetadata().getUid());
  }

  /** Empty where it is none's viewer. */
  private static String watched(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? "" : Objects.requireNonNullElse(labels.get(Labels.WATCHES), "");
  }
}
