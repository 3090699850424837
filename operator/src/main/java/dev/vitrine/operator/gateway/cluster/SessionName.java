package dev.vitrine.operator.gateway.cluster;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Names of new sessions: labels of DNS (RFC 1123), as they stand in labels of pods, too. */
final class SessionName {

  private static final int MAX_CHARS = 63;

  /** So many that no two sessions ever have the same: 27 to the 13th is more than 2 to the 61st. */
  private static final int RANDOM_CHARS = 13;

  /** As the API server's own: no vowels, so no words; nothing that looks like something else. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private SessionName() {}

  /** A name that begins with the app's and that no other session has. */
  static String random(String app) {
    var begin = app.substring(0, Math.min(app.length(), MAX_CHARS - RANDOM_CHARS - 1));
    var end =
        RANDOM
            .ints(RANDOM_CHARS, 0, ALPHABET.length())
            .mapToObj(i -> ALPHABET.substring(i, i + 1))
            .collect(Collectors.joining());
    return begin + "-" + end;
  }
}
