package dev.vitrine.operator.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How fast a line moves, told from the places that were given a while ago: when the next pod
 * becomes free, nobody knows.
 *
 * @param places how many were given in the last {@link #WINDOW}; more than 0
 */
public record Pace(long places) {

  /** How far back counts. */
  public static final Duration WINDOW = Duration.ofMinutes(15);

  /** Fewer places say nothing. */
  private static final int FEWEST = 3;

  private static final int MINUTE = 60;

  /**
   * The pace up to now. The whole window counts, so that many places given at once do not promise
   * as many more.
   *
   * @param given when places were given, in any order; those before the window do not matter
   * @return empty if fewer than three were given in the window
   */
  public static Optional<Pace> measured(Collection<Instant> given, Instant now) {
    var from = now.minus(WINDOW);
    var places = given.stream().filter(at -> at.isAfter(from)).count();
    return places < FEWEST ? Optional.empty() : Optional.of(new Pace(places));
  }

  /**
   * How long a place will take, rounded up: to ten seconds up to a minute, then to minutes.
   *
   * @param place from 1, the next one
   */
  public int expectedSeconds(int place) {
    var seconds = Math.ceilDiv(place * WINDOW.toSeconds(), places);
    var step = seconds > MINUTE ? MINUTE : 10;
    return Math.toIntExact(Math.ceilDiv(seconds, step) * step);
  }
}
