package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.SessionName;
import dev.vitrine.protocol.SigningKey;
import java.security.Security;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeCryptographyTest {

  @AfterEach
  void remove() {
    Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
  }

  @Test
  void it_is_what_encrypts() throws Exception {
    NativeCryptography.install();
    assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider())
        .isEqualTo(AmazonCorrettoCryptoProvider.INSTANCE);
  }

  /**
   * A runtime verifies with Java's own what the controller signs; a new controller reads old keys.
   */
  @Test
  void it_and_java_s_own_read_each_other_s_keys_and_signatures() throws Exception {
    var javas = SigningKey.generate();
    var signedByJava = sign(javas);
    NativeCryptography.install();
    verify(signedByJava, javas);
    var read = SigningKey.parsePrivateJwk(javas.toPrivateJwk());
    var signed = sign(read);
    verify(signed, read);
    var made = SigningKey.generate();
    var signedByItsOwn = sign(made);
    remove();
    verify(signed, javas);
    verify(signedByItsOwn, SigningKey.parsePrivateJwk(made.toPrivateJwk()));
  }

  private static String sign(SigningKey key) {
    var assignment =
        new Assignment(
            "pod",
            new SessionName("ns", "one", "uid"),
            "",
            Map.of(),
            new Lifetimes(120, 20, 900, 28800, 60, 0, 28800),
            List.of(),
            List.of(),
            key.publicKeys());
    return new AssignmentSigner(key, InstantSource.system()).sign(assignment);
  }

  private static void verify(String signed, SigningKey key) throws Exception {
    var verified =
        new AssignmentVerifier(key.publicKeys(), "pod", InstantSource.system()).verify(signed);
    assertThat(verified.session().uid()).isEqualTo("uid");
  }
}
