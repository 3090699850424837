package dev.vitrine.operator.gateway.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectKeysTest {

  @TempDir Path folder;
  private ConnectKeys keys;

  @BeforeEach
  void make() {
    keys = new ConnectKeys(folder, InstantSource.fixed(Instant.parse("2026-11-22T13:00:00Z")));
  }

  private SigningKey put(String name) throws Exception {
    var key = SigningKey.generate();
    Files.writeString(folder.resolve(name), key.toPrivateJwk());
    keys.reload();
    return key;
  }

  /** Names the key. */
  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  @Test
  void before_the_secret_is_there_nothing_is_signed() {
    keys.reload();

    assertThat(keys.issuer()).isEmpty();
    assertThat(keys.verifier()).isEmpty();
  }

  @Test
  void the_last_key_by_name_signs_and_tokens_of_the_older_stay_good() throws Exception {
    put("2026-01.jwk");
    var old = keys.issuer().orElseThrow().issue("jane", "s", "p").compact();
    put("2026-02.jwk");
    var fresh = keys.issuer().orElseThrow().issue("jane", "s", "p").compact();

    assertThat(keys.verifier().orElseThrow().verify(old).user()).isEqualTo("jane");
    assertThat(keys.verifier().orElseThrow().verify(fresh).user()).isEqualTo("jane");
    assertThat(header(old)).isNotEqualTo(header(fresh));
  }

  @Test
  void a_broken_file_leaves_the_keys_as_they_were() throws Exception {
    put("1.jwk");
    Files.writeString(folder.resolve("2.jwk"), "{");
    keys.reload();

    assertThat(keys.issuer()).isPresent();
  }

  @Test
  void the_folders_of_a_mounted_secret_are_not_taken_for_keys() throws Exception {
    Files.createDirectory(folder.resolve("..2026"));
    Files.writeString(folder.resolve("..data"), "no key");
    put("1.jwk");

    assertThat(keys.issuer()).isPresent();
  }
}
