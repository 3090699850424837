package dev.vitrine.operator.placement;

import java.time.Duration;
import java.time.Instant;

/**
 * Room that is made for a session.
 *
 * @param pod UID of the one that goes, or went last
 * @param idlePodWent whether an idle pod went for it, now or before: it gets no second one
 * @param sessionEnds whether another session ends for it: it gets no further help
 * @param until when the pod's going should have helped
 */
record Aid(String pod, boolean idlePodWent, boolean sessionEnds, Instant until) {

  /**
   * By then a pod that was told to go has gone, quota and scheduler have heard of it, and room that
   * is still wanted was given to somebody else.
   */
  static final Duration HELPS_WITHIN = PlacementPlanner.LONGEST_GOODBYE.plusSeconds(20);

  /** Whether the session may yet get the room. */
  boolean mayHelp(Instant now) {
    return now.isBefore(until);
  }
}
