package dev.vitrine.cli.cluster;

import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

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
    var data = config.getClientCertData();
    var file = config.getClientCertFile();
    if (data == null && file == null) {
      return;
    }
    // As the client library reads it: a plugin's certificate is PEM, and not base64 of it.
    try (var certificate = CertUtils.getInputStreamFromDataOrFile(data, file)) {
      config.setClientKeyAlgo(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(certificate)
              .getPublicKey()
              .getAlgorithm());
    } catch (CertificateException | IOException | InvalidPathException e) {
      throw CommandFailure.badInput(
          "the kubeconfig's client certificate cannot be read (%s); correct it, or sign in anew",
          e.getMessage());
    }
  }
}
