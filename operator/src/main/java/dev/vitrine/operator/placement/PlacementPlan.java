package dev.vitrine.operator.placement;

import java.util.List;
import java.util.Map;

/**
 * What one round of placement decided.
 *
 * @param claims idle pods that become sessions' own
 * @param starts sessions that get a new pod
 * @param refills pools that get an idle pod more, once for each
 * @param dismissals idle pods that go
 * @param aids for sessions that found no room (their UIDs) the pods that go anyway or are dismissed
 *     for them (their UIDs)
 * @param preemptions sessions that end for others
 * @param inLine who waits, the first one first
 */
record PlacementPlan(
    List<Claim> claims,
    List<PodRequest> starts,
    List<Pool> refills,
    List<PodCard> dismissals,
    Map<String, String> aids,
    List<Preemption> preemptions,
    Map<PodRequest, Placement.InLine> inLine) {

  /**
   * A session of lower priority ends.
   *
   * @param pod its pod
   * @param session UID of the one that gets the room
   */
  record Preemption(PodCard pod, String session) {}

  /** A session's claim of an idle pod. */
  record Claim(PodRequest request, PodCard pod) {}
}
