package dev.vitrine.protocol;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Remembers which connect tokens were used, for as long as they would still be accepted. */
public final class SpentTokens {

  private final int capacity;
  private final InstantSource clock;
  private final Map<String, Instant> forgetAtById = new HashMap<>();

  /**
   * @param capacity the most tokens remembered at once; beyond it every token is refused
   */
  public SpentTokens(int capacity, InstantSource clock) {
    this.capacity = capacity;
    this.clock = clock;
  }

  /** Spends a token: true the first time, false ever after and while the memory is full. */
  public synchronized boolean spend(ConnectToken token) {
    var now = clock.instant();
    forgetAtById.values().removeIf(now::isAfter);
    if (forgetAtById.size() >= capacity) {
      return false;
    }
    // One second more: the verifier compares whole seconds.
    var forgetAt = token.expiresAt().plusSeconds(SignedClaims.CLOCK_SKEW_SECONDS + 1);
    return forgetAtById.putIfAbsent(token.id(), forgetAt) == null;
  }
}
