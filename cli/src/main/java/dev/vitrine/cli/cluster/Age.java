package dev.vitrine.cli.cluster;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in the largest unit that fits: {@code 42s}, {@code 7m}. */
public final class Age {

  private Age() {}

  /**
   * The time that has passed.
   *
   * @param since RFC 3339
   */
  public static String of(String since, Instant now) {
    var age = Duration.between(Instant.parse(since), now);
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }
}
