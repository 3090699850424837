package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What placement keeps of a pod.
 *
 * @param resourceVersion under which it may be claimed, dismissed or preempted
 * @param session UID of the session that has it; empty: it is idle
 * @param holder of that session
 * @param trial whether that session tries a revision: it counts to no limit
 * @param node empty until it is scheduled
 * @param since when it became that session's, or was made
 * @param start how its start goes, or went
 * @param template what it was made of, if it was made idle; else empty
 * @param stuck present while it is {@link State#STUCK}
 * @param preemptedFor UID of the session that its own makes room for
 */
record PodCard(
    Key key,
    String uid,
    String resourceVersion,
    Pool pool,
    Optional<String> session,
    Holder holder,
    boolean trial,
    State state,
    Optional<String> node,
    Instant since,
    Start start,
    String template,
    Optional<Stuck> stuck,
    Optional<String> preemptedFor) {

  /**
   * How the start of a pod goes.
   *
   * @param since when it got a node, or was made where nobody has told of one
   * @param hopelessFrom from when on it is in vain to wait, as far as the kubelet tells
   * @param trouble the words of its container or of the kubelet; may be empty
   */
  record Start(Instant since, Optional<Instant> hopelessFrom, String trouble) {}

  /**
   * That no node takes it.
   *
   * @param since when that was found out
   * @param lacksRoom whether it would find one if another pod went
   */
  record Stuck(Instant since, boolean lacksRoom) {}

  /** The sooner it can serve, the earlier. */
  enum State {
    /** It can serve. */
    READY,
    /** Its image, its container, its stage are on the way. */
    STARTING,
    /** No node takes it. */
    STUCK,
    /** It has been deleted, or makes room: the room that it has is to come. */
    GOING,
    /** It has ended: its room is free. */
    OVER
  }

  /**
   * Empty for a pod that is no runtime of ours: without our labels, or without an owner of ours.
   *
   * @param holder of the session that has it
   */
  static Optional<PodCard> of(Pod pod, Holder holder) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    var app = labels.get(PodLabels.APP);
    var revision = labels.get(PodLabels.REVISION);
    var streamClass = labels.get(PodLabels.CLASS);
    if (app == null || revision == null || streamClass == null || !isOwned(pod)) {
      return Optional.empty();
    }
    var facts = new PodFacts(pod);
    var state = state(facts);
    return Optional.of(
        new PodCard(
            Key.of(pod),
            facts.uid(),
            metadata.getResourceVersion(),
            new Pool(new Key(metadata.getNamespace(), app), revision, streamClass),
            sessionOf(pod),
            holder,
            labels.containsKey(Labels.VERIFIES),
            state,
            facts.nodeName(),
            facts.grantedAt(),
            new Start(
                facts.scheduledAt().orElseGet(facts::createdAt),
                facts.hopelessFrom(),
                facts.trouble()),
            facts.template().orElse(""),
            state == State.STUCK ? Optional.of(stuck(facts)) : Optional.empty(),
            facts.preemptedFor()));
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

  /** Whether it serves, or will. */
  boolean isLiving() {
    return state != State.GOING && state != State.OVER;
  }

  /** Whether it is stuck, and whatever has gone for it so far did not help, or never will. */
  boolean isStuckInVain(Instant now) {
    return stuck
        .filter(it -> !it.lacksRoom() || !now.isBefore(it.since().plus(Aid.HELPS_WITHIN)))
        .isPresent();
  }

  /** Whether it is stuck, and would find a node if another pod went. */
  boolean lacksRoom() {
    return stuck.filter(Stuck::lacksRoom).isPresent();
  }

  /** When it is given up, unless it is ready by then; empty unless a node is starting it. */
  Optional<Instant> dueAt(Duration patience) {
    if (state != State.STARTING || node.isEmpty()) {
      return Optional.empty();
    }
    var due = start.since().plus(patience);
    return start.hopelessFrom().filter(due::isAfter).or(() -> Optional.of(due));
  }

  /** Whether it is being started, and has not got ready in that time. */
  boolean isOverdue(Instant now, Duration patience) {
    return dueAt(patience).filter(due -> !now.isBefore(due)).isPresent();
  }

  /** This pod once it has been told to go. */
  PodCard going() {
    return going(preemptedFor);
  }

  /** This pod once its session makes room for another one. */
  PodCard goingFor(String otherSession) {
    return going(Optional.of(otherSession));
  }

  private PodCard going(Optional<String> preempted) {
    return new PodCard(
        key,
        uid,
        resourceVersion,
        pool,
        session,
        holder,
        trial,
        State.GOING,
        node,
        since,
        start,
        template,
        Optional.empty(),
        preempted);
  }

  private static Stuck stuck(PodFacts pod) {
    return new Stuck(pod.unschedulableSince(), pod.lacksRoom());
  }

  private static State state(PodFacts pod) {
    if (pod.isDeleted()) {
      return State.GOING;
    }
    if (pod.isOver()) {
      return State.OVER;
    }
    if (pod.preemptedFor().isPresent() && sessionOf(pod.pod()).isPresent()) {
      return State.GOING;
    }
    if (pod.isReady()) {
      return State.READY;
    }
    return pod.unschedulable().isPresent() ? State.STUCK : State.STARTING;
  }
}
