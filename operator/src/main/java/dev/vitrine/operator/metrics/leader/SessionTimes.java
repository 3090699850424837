package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.support.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When what happened to a session, as far as it has.
 *
 * @param connected by the runtime's clock, as {@code firstFrame} is; the others by the controller's
 */
record SessionTimes(
    Optional<Instant> requested,
    Optional<Instant> assigned,
    Optional<Instant> connected,
    Optional<Instant> firstFrame) {

  private static final double NANOS = 1e9;

  static SessionTimes of(StreamSession session) {
    var status = session.getStatus();
    var timeline =
        status == null || status.timeline() == null ? Timeline.empty() : status.timeline();
    return new SessionTimes(
        Times.parse(timeline.requestedAt()),
        Times.parse(timeline.assignedAt()),
        Times.parse(timeline.connectedAt()),
        Times.parse(timeline.firstFrameAt()));
  }

  /** Seconds between the two; 0 where two clocks differ so that the end comes first. */
  static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / NANOS);
  }
}
