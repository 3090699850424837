package dev.vitrine.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeyTest {

  private static final String PASSWORD = "password";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void a_key_of_either_kind_is_used(String algorithm) throws Exception {
    var config = signedIn(algorithm);
    ClientKey.tellAlgorithm(config);
    assertThat(SSLUtils.keyManagers(config)).hasSize(1);
  }

  @Test
  void a_certificate_may_be_a_file() throws Exception {
    var config = signedIn("EC");
    var file = folder.resolve("client.crt");
    Files.write(file, Base64.getDecoder().decode(config.getClientCertData()));
    config.setClientCertData(null);
    config.setClientCertFile(file.toString());
    ClientKey.tellAlgorithm(config);
    assertThat(SSLUtils.keyManagers(config)).hasSize(1);
  }

  @Test
  void a_certificate_may_be_what_a_plugin_prints() throws Exception {
    var config = signedIn("EC");
    var pem = new String(Base64.getDecoder().decode(config.getClientCertData()), UTF_8);
    config.setClientCertData(pem);
    ClientKey.tellAlgorithm(config);
    assertThat(config.getClientKeyAlgo()).isEqualTo("EC");
    assertThat(SSLUtils.keyManagers(config)).hasSize(1);
  }

  @Test
  void a_certificate_that_is_none_is_told() {
    var config = Config.empty();
    for (var none : List.of(base64("nothing"), "not base64, nor anything else", "a")) {
      config.setClientCertData(none);
      assertThatThrownBy(() -> ClientKey.tellAlgorithm(config))
          .hasMessageStartingWith("the kubeconfig's client certificate cannot be read");
    }
    config.setClientCertData(null);
    config.setClientCertFile("/nowhere");
    assertThatThrownBy(() -> ClientKey.tellAlgorithm(config)).hasMessageContaining("/nowhere");
  }

  @Test
  void who_has_none_needs_none() {
    ClientKey.tellAlgorithm(Config.empty());
  }

  /** As a kubeconfig has it: the key as PKCS #8. */
  private Config signedIn(String algorithm) throws Exception {
    var file = folder.resolve(algorithm + ".p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=somebody",
                "-alias",
                "client",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    var config = Config.empty();
    config.setClientKeyData(
        pem("PRIVATE KEY", store.getKey("client", PASSWORD.toCharArray()).getEncoded()));
    config.setClientCertData(pem("CERTIFICATE", store.getCertificate("client").getEncoded()));
    return config;
  }

  private static String pem(String label, byte[] der) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
    return base64("-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
