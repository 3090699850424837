package dev.vitrine.operator.gateway.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token in an {@code Authorization} header (RFC 6750, 2.1). */
public final class BearerToken {

  private static final int MAX_CHARS = 16 * 1024;

  private BearerToken() {}

  /** Empty where the header is absent, or is of another scheme. */
  public static Optional<String> in(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(header -> header.substring(7).strip())
        .filter(token -> !token.isEmpty() && token.length() <= MAX_CHARS);
  }
}
