package dev.vitrine.protocol;

import java.time.InstantSource;

/** Signs assignments, each good for five minutes. */
public final class AssignmentSigner {

  private final SigningKey key;
  private final InstantSource clock;

  public AssignmentSigner(SigningKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /** The document as a compact JWS: the body of {@code POST /assignment}. */
  public String sign(Assignment assignment) {
    var issuedAt = clock.instant().getEpochSecond();
    var claims = Json.tree(assignment);
    claims.remove("podUid");
    claims
        .put("iss", Assignment.ISSUER)
        .put("aud", assignment.podUid())
        .put("iat", issuedAt)
        .put("exp", issuedAt + Assignment.LIFETIME_SECONDS);
    return SignedClaims.sign(claims, key);
  }
}
