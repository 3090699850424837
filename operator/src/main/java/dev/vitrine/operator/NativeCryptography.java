package dev.vitrine.operator;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;

/**
 * Ciphers and signatures in machine code. Java's own are fast only where the second compiler is:
 * with the first alone, TLS to the API server is a sixth of what a session costs, and a third of
 * what a start beside ten thousand of them does.
 */
public final class NativeCryptography {

  private NativeCryptography() {}

  /** Before anything else is encrypted. Where it cannot be loaded, Java's own do the same. */
  public static void install() {
    var provider = AmazonCorrettoCryptoProvider.INSTANCE;
    if (provider.getLoadingError() == null) {
      Security.insertProviderAt(provider, 1);
    } else {
      System.err.println("Cryptography will be slow: " + provider.getLoadingError());
    }
  }
}
