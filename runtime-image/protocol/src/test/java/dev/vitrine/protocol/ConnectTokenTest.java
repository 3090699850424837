package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class ConnectTokenTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

  private final SigningKey key = SigningKey.generate();
  private final ConnectTokenIssuer issuer = new ConnectTokenIssuer(key, at(0));
  private final String token = issuer.issue("ada", "session-1", "pod-1").compact();

  @Test
  void a_token_says_what_it_was_issued_for() throws Exception {
    var issued = issuer.issue("ada", "session-1", "pod-1");

    var read = verifierAt(0).verify(issued.compact());

    assertThat(read).isEqualTo(issued.claims());
    assertThat(read.user()).isEqualTo("ada");
    assertThat(read.expiresAt()).isEqualTo(NOW.plusSeconds(60));
    read.requireFor("session-1", "pod-1");
  }

  @Test
  void a_token_is_for_one_session_and_one_pod() throws Exception {
    var read = verifierAt(0).verify(token);

    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> read.requireFor("session-2", "pod-1"))
        .withMessageContaining("another session");
    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> read.requireFor("session-1", "pod-2"))
        .withMessageContaining("another pod");
  }

  @Test
  void a_token_expires_after_a_minute_and_the_clocks_difference() throws Exception {
    assertThat(verifierAt(64).verify(token)).isNotNull();
    refused(verifierAt(65), token, "it has expired");
  }

  @Test
  void a_token_from_the_future_is_refused() throws Exception {
    assertThat(verifierAt(-5).verify(token)).isNotNull();
    refused(verifierAt(-6), token, "future");
  }

  @Test
  void a_long_lived_token_is_refused_even_if_signed() {
    var claims = claims().put("exp", NOW.getEpochSecond() + 86_400);
    refused(verifierAt(3600), SignedClaims.sign(claims, key), "too long ago");
  }

  @Test
  void a_token_of_another_issuer_or_for_another_audience_is_refused() {
    refused(
        verifierAt(0), SignedClaims.sign(claims().put("iss", "vitrine-controller"), key), "`iss`");
    refused(verifierAt(0), SignedClaims.sign(claims().put("aud", "vitrine-report"), key), "`aud`");
  }

  @Test
  void a_token_that_lacks_a_claim_is_refused() {
    for (var claim : new String[] {"iss", "aud", "sub", "sid", "pod", "jti", "iat", "exp"}) {
      var claims = claims();
      claims.remove(claim);
      refused(verifierAt(0), SignedClaims.sign(claims, key), "`" + claim + "`");
    }
  }

  @Test
  void a_foreign_key_is_refused() {
    var forged = SignedClaims.sign(claims(), SigningKey.generate());
    refused(verifierAt(0), forged, "no known key");
  }

  @Test
  void a_foreign_key_under_a_known_name_is_refused() {
    var forged = SignedClaims.sign(claims(), SigningKey.generate());
    var header = base64("{\"alg\":\"EdDSA\",\"kid\":\"" + key.kid() + "\"}");
    refused(verifierAt(0), header + forged.substring(forged.indexOf('.')), "no known key");
  }

  @Test
  void no_algorithm_but_EdDSA_is_accepted() throws JoseException {
    var unsigned = base64("{\"alg\":\"none\"}") + "." + base64(claims().toString()) + ".";
    refused(verifierAt(0), unsigned, "compact JWS");
    refused(verifierAt(0), unsigned + "AA", "no known key");

    var publicKey = key.publicKeys().find(key.kid()).orElseThrow();
    var hmac = new JsonWebSignature();
    hmac.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    hmac.setKeyIdHeaderValue(key.kid());
    hmac.setKey(new HmacKey(publicKey.getEncoded()));
    hmac.setPayload(claims().toString());
    refused(verifierAt(0), hmac.getCompactSerialization(), "no known key");
  }

  @Test
  void any_changed_character_is_refused() {
    var random = new Random(7);
    for (var round = 0; round < 500; round++) {
      var at = random.nextInt(token.length() - 2);
      var changed = new StringBuilder(token);
      changed.setCharAt(at, (char) (33 + random.nextInt(94)));
      if (!changed.toString().equals(token)) {
        assertThatExceptionOfType(BadTokenException.class)
            .isThrownBy(() -> verifierAt(0).verify(changed.toString()));
      }
    }
  }

  @Test
  void no_refusal_and_no_log_line_holds_the_token() {
    assertThat(issuer.issue("", "s", "p").toString()).doesNotContain(".ey");
    assertThat(key.toString()).doesNotContain("\"d\"");
    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifierAt(900).verify(token))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token.substring(0, 20)));
  }

  private ObjectNode claims() {
    return Json.newObject()
        .put("iss", ConnectToken.ISSUER)
        .put("aud", ConnectToken.AUDIENCE)
        .put("sub", "")
        .put("sid", "session-1")
        .put("pod", "pod-1")
        .put("jti", "1")
        .put("iat", NOW.getEpochSecond())
        .put("exp", NOW.getEpochSecond() + 60);
  }

  private ConnectTokenVerifier verifierAt(int seconds) {
    return new ConnectTokenVerifier(key.publicKeys(), at(seconds));
  }

  private static InstantSource at(int seconds) {
    return InstantSource.fixed(NOW.plusSeconds(seconds));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(ConnectTokenVerifier verifier, String token, String because) {
    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifier.verify(token))
        .withMessageContaining(because);
  }
}
