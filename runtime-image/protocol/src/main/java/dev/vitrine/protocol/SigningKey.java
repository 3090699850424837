package dev.vitrine.protocol;

import java.security.PrivateKey;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** An Ed25519 key pair (RFC 8037) whose {@code kid} is its thumbprint (RFC 7638). */
public final class SigningKey {

  private final OctetKeyPairJsonWebKey pair;

  private SigningKey(OctetKeyPairJsonWebKey pair) {
    this.pair = pair;
    pair.setKeyId(pair.calculateBase64urlEncodedThumbprint("SHA-256"));
  }

  public static SigningKey generate() {
    try {
      return new SigningKey(OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519));
    } catch (JoseException e) {
      throw new IllegalStateException("This Java has no Ed25519.", e);
    }
  }

  /** Reads what {@link #toPrivateJwk} wrote. */
  public static SigningKey parsePrivateJwk(String json) throws BadMessageException {
    var fields = Json.object("signing key", json, 4096);
    fields.text("d", 64);
    return new SigningKey(KeySet.ed25519(fields));
  }

  /** The pair with its private half: for a Secret, and for nothing else. */
  public String toPrivateJwk() {
    return pair.toJson(OutputControlLevel.INCLUDE_PRIVATE);
  }

  public String kid() {
    return pair.getKeyId();
  }

  /** The public half, for those who verify. */
  public KeySet publicKeys() {
    return new KeySet(Map.of(kid(), pair.getPublicKey()));
  }

  PrivateKey privateKey() {
    return pair.getPrivateKey();
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid() + "]";
  }
}
