package dev.vitrine.protocol;

import java.time.Instant;
import java.time.InstantSource;

/** Reads connect tokens that one of the given keys signed and that are not out of date. */
public final class ConnectTokenVerifier {

  private static final SignedClaims.Expectation EXPECTED =
      new SignedClaims.Expectation(
          "connect token",
          ConnectToken.ISSUER,
          ConnectToken.AUDIENCE,
          4096,
          ConnectToken.LIFETIME_SECONDS);

  private final KeySet keys;
  private final InstantSource clock;

  public ConnectTokenVerifier(KeySet keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The token's claims; see to {@link ConnectToken#requireFor} and {@link SpentTokens} next. */
  public ConnectToken verify(String compact) throws BadTokenException {
    try {
      var claims = EXPECTED.verify(compact, keys, clock);
      return new ConnectToken(
          claims.text("sub", 512),
          claims.text("sid", 64),
          claims.text("pod", 64),
          claims.text("jti", 64),
          Instant.ofEpochSecond(claims.integer("iat", 0, Integer.MAX_VALUE)),
          Instant.ofEpochSecond(claims.integer("exp", 0, Integer.MAX_VALUE)));
    } catch (BadMessageException e) {
      throw new BadTokenException(e.getMessage(), e);
    }
  }
}
