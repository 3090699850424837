package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * What placement keeps of a pod.
 *
 * @param resourceVersion under which it may be claimed or dismissed
 * @param session UID of the session that has it; empty: it is idle
 * @param user of that session; empty: anonymous, or idle
 * @param trial whether that session tries a revision: it counts to no limit
 * @param node empty until it is scheduled
 * @param createdAt RFC 3339, seconds
 */
record PodCard(
    Key key,
    String uid,
    String resourceVersion,
    Pool pool,
    Optional<String> session,
    String user,
    boolean trial,
    State state,
    Optional<String> node,
    String createdAt) {

  /** The sooner it can serve, the earlier. */
  enum State {
    /** It can serve. */
    READY,
    /** Its image, its container, its stage are on the way. */
    STARTING,
    /** No node has room for it. */
    STUCK,
    /** It is over: crashed, evicted, or at its end. */
    ENDED,
    /** It has been deleted. */
    GOING
  }

  /** Whether it serves, or will. */
  boolean isAlive() {
    return state != State.ENDED && state != State.GOING;
  }

  /**
   * Empty for a pod that is no runtime of ours: without our labels, or without an owner of ours.
   *
   * @param user of the session that has it
   */
  static Optional<PodCard> of(Pod pod, String user) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    var app = labels.get(PodLabels.APP);
    var revision = labels.get(PodLabels.REVISION);
    var streamClass = labels.get(PodLabels.CLASS);
    if (app == null || revision == null || streamClass == null || !isOwned(pod)) {
      return Optional.empty();
    }
    var facts = new PodFacts(pod);
    return Optional.of(
        new PodCard(
            Key.of(pod),
            facts.uid(),
            metadata.getResourceVersion(),
            new Pool(new Key(metadata.getNamespace(), app), revision, streamClass),
            sessionOf(pod),
            user,
            labels.containsKey(Labels.VERIFIES),
            state(facts),
            facts.nodeName(),
            metadata.getCreationTimestamp()));
  }

  private static boolean isOwned(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                owner.getKind().equals("StreamSession")
                    || owner.getKind().equals("StreamingAppRevision"));
  }

  /** UID of the session that a pod serves; a viewer's pod serves none, though one owns it. */
  static Optional<String> sessionOf(Pod pod) {
    if (!pod.getMetadata().getLabels().containsKey(PodLabels.SESSION)) {
      return Optional.empty();
    }
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> "StreamSession".equals(owner.getKind()))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  /** This pod once it has been told to go. */
  PodCard going() {
    return new PodCard(
        key, uid, resourceVersion, pool, session, user, trial, State.GOING, node, createdAt);
  }

  private static State state(PodFacts pod) {
    if (pod.isDeleted()) {
      return State.GOING;
    }
    if (pod.isOver()) {
      return State.ENDED;
    }
    if (pod.isReady()) {
      return State.READY;
    }
    return pod.unschedulable().isPresent() ? State.STUCK : State.STARTING;
  }
}
