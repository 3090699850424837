package dev.vitrine.operator.placement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session whose pod the API server did not take is left alone for a while.
 *
 * @param pause how long it is; it grows from time to time
 * @param until when it is tried again
 * @param words of the API server
 */
record Postponement(Duration pause, Instant until, String words) {

  private static final Duration FIRST = Duration.ofSeconds(2);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * The next one.
   *
   * @param before the last one of that session; null: there was none
   */
  static Postponement after(@Nullable Postponement before, Instant now, String words) {
    var wanted = before == null ? FIRST : before.pause().multipliedBy(2);
    var pause = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    return new Postponement(pause, now.plus(pause), words);
  }
}
