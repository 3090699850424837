package dev.vitrine.operator.gateway.rest;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a client would rather wait than ask again: the preference of RFC 7240 section 4.3. */
final class WaitPreference {

  /** Proxies on the way give up later than that. */
  private static final int LONGEST_SECONDS = 10;

  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})(?=$|[,;\\s])");

  private WaitPreference() {}

  /** Of a {@code Prefer} header; not at all where there is none, or one that says nothing of it. */
  static Duration in(@Nullable String prefer) {
    var wait = WAIT.matcher(prefer == null ? "" : prefer);
    return wait.find()
        ? Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(1))))
        : Duration.ZERO;
  }
}
