package dev.vitrine.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Public Ed25519 keys by their {@code kid}: a JWK set (RFC 7517) of {@code OKP} keys (RFC 8037).
 */
public record KeySet(Map<String, PublicKey> keys) {

  private static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_KEYS = 16;

  public KeySet {
    keys = Map.copyOf(keys);
  }

  /** Reads a JWK set; a private key in it is refused, for it is no longer private. */
  public static KeySet parse(String json) throws BadMessageException {
    return read(Json.object("key set", json, MAX_BYTES));
  }

  /** The key of that name; empty for an unknown one. */
  public Optional<PublicKey> find(String kid) {
    return Optional.ofNullable(keys.get(kid));
  }

  /** These keys and those, as while one is being replaced by the other. */
  public KeySet plus(KeySet others) {
    var all = new LinkedHashMap<>(keys);
    all.putAll(others.keys);
    return new KeySet(all);
  }

  /** These keys as a JWK set, in the order of their names. */
  public String toJson() {
    return Json.text(json());
  }

  @JsonValue
  ObjectNode json() {
    var set = Json.newObject();
    var array = set.putArray("keys");
    new TreeMap<>(keys).forEach((kid, key) -> array.add(jwk(kid, key)));
    return set;
  }

  static KeySet read(Fields set) throws BadMessageException {
    var keys = new LinkedHashMap<String, PublicKey>();
    for (var jwk : set.objects("keys", MAX_KEYS)) {
      if (jwk.has("d")) {
        throw jwk.bad("d", "is a private key; send public keys only and replace this one");
      }
      keys.put(jwk.text("kid", 128), ed25519(jwk).getPublicKey());
    }
    return new KeySet(keys);
  }

  static OctetKeyPairJsonWebKey ed25519(Fields jwk) throws BadMessageException {
    if (!"OKP".equals(jwk.text("kty", 16)) || !"Ed25519".equals(jwk.text("crv", 16))) {
      throw jwk.bad("crv", "must be Ed25519 with kty OKP");
    }
    if (!jwk.text("x", 64).matches("[\\w-]{43}")) {
      throw jwk.bad("x", "must be the 32 bytes of an Ed25519 key in base64url");
    }
    try {
      var parameters = new LinkedHashMap<String, Object>();
      jwk.object().properties().forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
      return new OctetKeyPairJsonWebKey(parameters);
    } catch (JoseException | IllegalArgumentException e) {
      throw new BadMessageException("The %s is not an Ed25519 key.".formatted(jwk.what()), e);
    }
  }

  private static ObjectNode jwk(String kid, PublicKey key) {
    var json = Json.newObject();
    new OctetKeyPairJsonWebKey(key)
        .toParams(OutputControlLevel.PUBLIC_ONLY)
        .forEach((name, value) -> json.put(name, String.valueOf(value)));
    return json.put("kid", kid).put("use", "sig").put("alg", "EdDSA");
  }
}
