package dev.vitrine.operator.placement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one round of placement decided.
 *
 * @param claims idle pods that become sessions' own
 * @param starts sessions that get a new pod
 * @param refills pools that get an idle pod more, once for each
 * @param dismissals idle pods that go
 * @param givenUp those of them that did not get ready in time
 * @param aids for sessions that found no room (their UIDs) the pods that go anyway or are dismissed
 *     for them
 * @param preemptions sessions that end for others
 * @param inLine who waits, the first one first
 * @param lookAgainAt when something is to be decided that no event tells of
 */
record PlacementPlan(
    List<Claim> claims,
    List<PodRequest> starts,
    List<Pool> refills,
    List<PodCard> dismissals,
    List<PodCard> givenUp,
    Map<String, PodCard> aids,
    List<Preemption> preemptions,
    Map<PodRequest, Placement.InLine> inLine,
    Optional<Instant> lookAgainAt) {

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
