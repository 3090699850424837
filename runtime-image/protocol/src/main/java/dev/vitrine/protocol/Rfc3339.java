package dev.vitrine.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Kubernetes' MicroTime writes them: RFC 3339, UTC, always six digits of a second. */
final class Rfc3339 {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  static String micros(Instant time) {
    return MICROS.format(time);
  }
}
