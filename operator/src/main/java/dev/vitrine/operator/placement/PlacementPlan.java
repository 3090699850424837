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
 * @param yields how many dismissals make room for pods that find no node
 * @param inLine who waits, the first one first
 */
record PlacementPlan(
    List<Claim> claims,
    List<PodRequest> starts,
    List<Pool> refills,
    List<PodCard> dismissals,
    int yields,
    Map<PodRequest, Placement.InLine> inLine) {

  /** A session's claim of an idle pod. */
  record Claim(PodRequest request, PodCard pod) {}
}
