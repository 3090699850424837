package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** JWTs (RFC 7519) as compact JWS, signed by Ed25519 and by nothing else. */
final class SignedClaims {

  /** How far two clocks may be apart. */
  static final int CLOCK_SKEW_SECONDS = 5;

  private static final AlgorithmConstraints ED_DSA_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

  private SignedClaims() {}

  static String sign(ObjectNode claims, SigningKey key) {
    var signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
    signature.setKeyIdHeaderValue(key.kid());
    signature.setKey(key.privateKey());
    signature.setPayload(Json.text(claims));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Signing with Ed25519 failed.", e);
    }
  }

  /**
   * What a document must be to be believed.
   *
   * @param what its name in sentences
   * @param maxLifetimeSeconds the longest that may lie between {@code iat} and now
   */
  record Expectation(
      String what, String issuer, String audience, int maxBytes, int maxLifetimeSeconds) {

    Fields verify(String compact, KeySet keys, InstantSource clock)
        throws BadTokenException, BadMessageException {
      // Three parts and nothing else, before any of it is decoded.
      if (compact.length() > maxBytes || !compact.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+")) {
        throw new BadMessageException(
            "The %s is not a compact JWS of at most %d characters.".formatted(what, maxBytes));
      }
      var consumer =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(ED_DSA_ONLY)
              .setVerificationKeyResolver(
                  (jws, _) ->
                      keys.find(String.valueOf(jws.getKeyIdHeaderValue()))
                          .orElseThrow(() -> new UnresolvableKeyException("unknown key")))
              .setExpectedIssuer(issuer)
              .setExpectedAudience(audience)
              .setRequireIssuedAt()
              .setRequireExpirationTime()
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .setIssuedAtRestrictions(0, maxLifetimeSeconds)
              .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
              .build();
      try {
        return Json.object(what, consumer.processToClaims(compact).getRawJson(), maxBytes);
      } catch (InvalidJwtException e) {
        throw new BadTokenException(
            "The %s is not valid: %s.".formatted(what, TokenFault.of(e).sentence()), e);
      }
    }
  }
}
