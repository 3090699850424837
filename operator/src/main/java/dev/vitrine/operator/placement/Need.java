package dev.vitrine.operator.placement;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What keeps a session from a pod, or its pod from a node, and whose going would help.
 *
 * @param session its UID
 * @param helpedBy whether it helps that this pod goes, which is idle or goes anyway
 * @param mayEnd whether it helps that the session of this pod ends, and outranks it
 */
record Need(String session, Predicate<PodCard> helpedBy, Predicate<PodCard> mayEnd) {

  /** No node has room for its pod. */
  static Need ofNode(PodCard stuck, Set<String> cordoned) {
    Predicate<PodCard> leavesRoom =
        pod ->
            pod.pool().streamClass().equals(stuck.pool().streamClass())
                && pod.node().filter(node -> !cordoned.contains(node)).isPresent();
    return new Need(
        stuck.session().orElseThrow(),
        leavesRoom,
        leavesRoom.and(pod -> !stuck.trial() && outranks(stuck.holder().priority(), pod)));
  }

  /** The quota of its namespace is full. */
  static Need ofQuota(PodRequest request, Instant now) {
    Predicate<PodCard> inNamespace =
        pod -> pod.key().namespace().equals(request.session().namespace());
    return new Need(request.uid(), inNamespace, inNamespace.and(mayEndFor(request, now)));
  }

  /** Its app has as many sessions as it may: idle pods, and those that go, are none of these. */
  static Need ofApp(PodRequest request, Instant now) {
    Predicate<PodCard> counted =
        pod -> !pod.trial() && pod.pool().app().equals(request.pool().app());
    return new Need(request.uid(), _ -> false, counted.and(mayEndFor(request, now)));
  }

  /** Nobody ends for one that will have given up by then, nor for a trial, which has time. */
  private static Predicate<PodCard> mayEndFor(PodRequest request, Instant now) {
    var waits = request.until().isAfter(now.plus(PlacementPlanner.LONGEST_GOODBYE));
    return pod -> waits && !request.trial() && outranks(request.priority(), pod);
  }

  private static boolean outranks(int priority, PodCard pod) {
    return pod.holder().priority() < priority;
  }
}
