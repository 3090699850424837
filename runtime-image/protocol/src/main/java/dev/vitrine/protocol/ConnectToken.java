package dev.vitrine.protocol;

import java.time.Instant;

/**
 * The right to connect once to one session's pod: the claims of a JWT that the gateway signs.
 *
 * @param user empty for an anonymous one
 * @param id unlike any other's ({@code jti}); the pod lets it be spent once
 */
public record ConnectToken(
    String user, String sessionUid, String podUid, String id, Instant issuedAt, Instant expiresAt) {

  static final String ISSUER = "vitrine-gateway";
  static final String AUDIENCE = "vitrine-connect";
  static final int LIFETIME_SECONDS = 60;

  /** Fails unless the token is for this session and this pod. */
  public void requireFor(String sessionUid, String podUid) throws BadTokenException {
    if (!this.sessionUid.equals(sessionUid)) {
      throw new BadTokenException("The connect token is for another session; ask for a new one.");
    }
    if (!this.podUid.equals(podUid)) {
      throw new BadTokenException("The connect token is for another pod; ask for a new one.");
    }
  }
}
