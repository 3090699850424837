package dev.vitrine.operator.gateway.line;

import dev.vitrine.api.v1alpha1.StreamSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells sessions their places in line. However many ask, the places are worked out once a second:
 * of all classes at once, because who waits for which is only seen by looking at every session.
 */
public final class Lines {

  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  private final Function<Instant, Map<String, Place>> look;
  private final WaitingPages waiting;
  private final InstantSource clock;
  private Map<String, Place> places = Map.of();
  private Instant lookedAt = Instant.MIN;

  /**
   * @param look works out the places anew, by sessions' UIDs
   * @param waiting hears of each session whose place is asked for
   */
  public Lines(
      Function<Instant, Map<String, Place>> look, WaitingPages waiting, InstantSource clock) {
    this.look = look;
    this.waiting = waiting;
    this.clock = clock;
  }

  /** Empty if the session does not stand in line, or has come into it this very second. */
  public Optional<Place> placeOf(StreamSession session) {
    if (!Places.isQueued(session)) {
      return Optional.empty();
    }
    waiting.asked(session.getMetadata().getUid());
    return Optional.ofNullable(places().get(session.getMetadata().getUid()));
  }

  private synchronized Map<String, Place> places() {
    var now = clock.instant();
    // Before the last look is after the clock was set back.
    if (now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(GOOD_FOR))) {
      places = look.apply(now);
      lookedAt = now;
    }
    return places;
  }
}
