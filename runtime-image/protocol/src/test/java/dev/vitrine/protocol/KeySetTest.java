package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class KeySetTest {

  /** The example of RFC 8037, A.2, whose thumbprint is given in A.3. */
  private static final String RFC_8037_KEY =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
          + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

  @Test
  void a_key_is_named_by_its_thumbprint() throws Exception {
    assertThat(SigningKey.parsePrivateJwk(RFC_8037_KEY).kid())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void a_signing_key_survives_being_stored() throws Exception {
    var key = SigningKey.generate();

    var read = SigningKey.parsePrivateJwk(key.toPrivateJwk());

    assertThat(read.kid()).isEqualTo(key.kid());
    assertThat(read.publicKeys()).isEqualTo(key.publicKeys());
  }

  @Test
  void a_set_survives_writing_and_reading() throws Exception {
    var keys = SigningKey.generate().publicKeys().plus(SigningKey.generate().publicKeys());

    assertThat(keys.keys()).hasSize(2);
    assertThat(KeySet.parse(keys.toJson())).isEqualTo(keys);
  }

  @Test
  void a_public_set_holds_nothing_private() {
    assertThat(SigningKey.generate().publicKeys().toJson()).doesNotContain("\"d\"");
  }

  @Test
  void a_private_key_in_a_public_set_is_refused() {
    refused("{\"keys\":[" + RFC_8037_KEY + "]}", "`d`: it is a private key");
  }

  @Test
  void other_kinds_of_key_are_refused() {
    refused("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\"}]}", "`crv`");
    refused(
        "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"1\",\"crv\":\"X25519\",\"x\":\"AA\"}]}", "Ed25519");
    refused(
        "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"1\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}", "Ed25519");
    refused("{\"keys\":[7]}", "objects only");
    refused("{}", "`keys`");
  }

  private static void refused(String json, String because) {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> KeySet.parse(json))
        .withMessageContaining(because);
  }
}
