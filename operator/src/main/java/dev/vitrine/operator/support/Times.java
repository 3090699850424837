package dev.vitrine.operator.support;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as statuses hold them: RFC 3339, UTC, always six digits of a second. */
public final class Times {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** Such as {@code 2026-01-02T03:04:05.678901Z}. */
  public static String micros(Instant time) {
    return MICROSECONDS.format(time);
  }

  /** The time in a status; empty if there is none or it cannot be read. */
  public static Optional<Instant> parse(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
