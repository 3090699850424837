package dev.vitrine.runtime.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Decides whether and when a lost process is replaced: at once, then later and later, then not. */
final class RestartBackoff {

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration CALM = Duration.ofMinutes(1);

  private final int most;
  private final InstantSource clock;
  private Instant calmAt = Instant.MAX;
  private int inARow;

  RestartBackoff(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /** The process answers; if it goes on doing so for a minute, earlier losses are forgotten. */
  void ready() {
    calmAt = clock.instant().plus(CALM);
  }

  /** How long to wait before the next start; empty once there were too many in a row. */
  Optional<Duration> nextDelay() {
    if (clock.instant().isAfter(calmAt)) {
      inARow = 0;
    }
    calmAt = Instant.MAX;
    if (inARow >= most) {
      return Optional.empty();
    }
    var delay = inARow == 0 ? Duration.ZERO : FIRST.multipliedBy(1L << Math.min(inARow - 1, 16));
    inARow++;
    return Optional.of(delay.compareTo(LONGEST) < 0 ? delay : LONGEST);
  }
}
