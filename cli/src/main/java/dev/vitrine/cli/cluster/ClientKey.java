package dev.vitrine.cli.cluster;

import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;

/**
 * The key that a kubeconfig's user signs in with. The client library takes it for an RSA key unless
 * it is told otherwise, and PKCS #8 does not show in its header what it is.
 */
final class ClientKey {

  private ClientKey() {}

  /**
   * Tells the client of that configuration what kind of key it is: that of the certificate.
   *
   * @throws CommandFailure if the certificate cannot be read
   */
  static void tellAlgorithm(Config config) {
    try {
      var certificate = certificate(config);
      if (certificate.isPresent()) {
        config.setClientKeyAlgo(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.get()))
                .getPublicKey()
                .getAlgorithm());
      }
    } catch (CertificateException | IOException | InvalidPathException e) {
      throw CommandFailure.badInput(
          "the kubeconfig's client certificate cannot be read (%s); correct it, or sign in anew",
          e.getMessage());
    }
  }

  private static Optional<byte[]> certificate(Config config) throws IOException {
    if (config.getClientCertData() != null) {
      return Optional.of(Base64.getMimeDecoder().decode(config.getClientCertData()));
    }
    return config.getClientCertFile() == null
        ? Optional.empty()
        : Optional.of(Files.readAllBytes(Path.of(config.getClientCertFile())));
  }
}
