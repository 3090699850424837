package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.vitrine.cli.failure.CommandFailure;
import java.util.List;

/** An image in a registry, and the places in which the registry's password may be. */
record RegistryAccess(ImageReference image, List<CredentialRetriever> credentials) {

  /** For Jib. */
  RegistryImage toJib() {
    var jib = RegistryImage.named(image);
    credentials.forEach(jib::addCredentialRetriever);
    return jib;
  }

  /** Whether the registry is on this machine. */
  boolean isHere() {
    return RegistryTrust.isHere(image.getRegistry());
  }

  /**
   * Whether the registry may be spoken to by plain http, or with a certificate that nobody vouches
   * for: on this machine always, at a private address where no password is at stake.
   */
  boolean needsNoTls() {
    return isHere() || (RegistryTrust.allowsPlainHttp(image.getRegistry()) && !hasPassword());
  }

  private boolean hasPassword() {
    return credentials.stream().anyMatch(this::has);
  }

  private boolean has(CredentialRetriever place) {
    try {
      return place.retrieve().isPresent();
    } catch (CredentialRetrievalException e) {
      throw CommandFailure.failed(
          "the password for %s cannot be looked up: %s", image.getRegistry(), e.getMessage());
    }
  }
}
