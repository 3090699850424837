package dev.vitrine.protocol;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes connect tokens, each good for a minute and for one connection. */
public final class ConnectTokenIssuer {

  private final SigningKey key;
  private final InstantSource clock;

  public ConnectTokenIssuer(SigningKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * A token and what it says.
   *
   * @param compact the token itself: a secret, not to be logged
   */
  public record Issued(String compact, ConnectToken claims) {
    @Override
    public String toString() {
      return "Issued[" + claims + "]";
    }
  }

  /**
   * A new token.
   *
   * @param user empty for an anonymous one
   */
  public Issued issue(String user, String sessionUid, String podUid) {
    var issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var expiresAt = issuedAt.plusSeconds(ConnectToken.LIFETIME_SECONDS);
    var id = UUID.randomUUID().toString();
    var token = new ConnectToken(user, sessionUid, podUid, id, issuedAt, expiresAt);
    var claims =
        Json.newObject()
            .put("iss", ConnectToken.ISSUER)
            .put("aud", ConnectToken.AUDIENCE)
            .put("sub", user)
            .put("sid", sessionUid)
            .put("pod", podUid)
            .put("jti", id)
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", expiresAt.getEpochSecond());
    return new Issued(SignedClaims.sign(claims, key), token);
  }
}
