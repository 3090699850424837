package dev.vitrine.protocol;

import java.util.Map;
import java.util.Objects;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Why a token was refused, in words that hold nothing of the token. */
record TokenFault(String sentence) {

  private static final TokenFault UNTRUSTED =
      new TokenFault("no known key signed it by EdDSA; ask for a new one");

  private static final Map<Integer, String> BY_CODE =
      Map.of(
          ErrorCodes.EXPIRED, "it has expired; ask for a new one",
          ErrorCodes.EXPIRATION_MISSING, "it has no `exp`",
          ErrorCodes.ISSUED_AT_MISSING, "it has no `iat`",
          ErrorCodes.ISSUED_AT_INVALID_FUTURE, "its `iat` lies in the future; set the clocks",
          ErrorCodes.ISSUED_AT_INVALID_PAST, "it was issued too long ago; ask for a new one",
          ErrorCodes.ISSUER_INVALID, "it has a foreign `iss`",
          ErrorCodes.ISSUER_MISSING, "it has no `iss`",
          ErrorCodes.AUDIENCE_INVALID, "it is meant for another `aud`",
          ErrorCodes.AUDIENCE_MISSING, "it has no `aud`");

  static TokenFault of(InvalidJwtException refusal) {
    return refusal.getErrorDetails().stream()
        .map(detail -> BY_CODE.get(detail.getErrorCode()))
        .filter(Objects::nonNull)
        .findFirst()
        .map(TokenFault::new)
        .orElse(UNTRUSTED);
  }
}
