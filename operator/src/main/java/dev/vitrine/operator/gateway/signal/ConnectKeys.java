package dev.vitrine.operator.gateway.signal;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.protocol.ConnectTokenVerifier;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign connect tokens, out of a mounted Secret: each file is a private JWK; the last
 * by name signs, all are believed, so that a key can be replaced under way.
 */
public final class ConnectKeys {

  private static final Logger log = LoggerFactory.getLogger(ConnectKeys.class);

  private record Keys(SigningKey signing, KeySet believed) {}

  private final Path folder;
  private final InstantSource clock;
  private volatile @Nullable Keys keys;

  public ConnectKeys(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Empty until the controller has made the Secret. */
  public Optional<ConnectTokenIssuer> issuer() {
    return Optional.ofNullable(keys).map(k -> new ConnectTokenIssuer(k.signing(), clock));
  }

  /** Empty until the controller has made the Secret. */
  public Optional<ConnectTokenVerifier> verifier() {
    return Optional.ofNullable(keys).map(k -> new ConnectTokenVerifier(k.believed(), clock));
  }

  /** Reads the folder again; what was read before stays where it cannot be read now. */
  public void reload() {
    try {
      var read = read();
      var before = keys;
      if (read == null) {
        return;
      }
      if (before == null || !before.signing().kid().equals(read.signing().kid())) {
        log.info("Connect tokens are signed with key {}", read.signing().kid());
      }
      keys = read;
    } catch (IOException | BadMessageException e) {
      log.warn("The connect keys in {} cannot be read: {}", folder, e.getMessage());
    }
  }

  private @Nullable Keys read() throws IOException, BadMessageException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    SigningKey signing = null;
    var believed = new KeySet(Map.of());
    try (var files = Files.list(folder)) {
      for (var file : files.filter(ConnectKeys::isKey).sorted().toList()) {
        signing = SigningKey.parsePrivateJwk(Files.readString(file));
        believed = believed.plus(signing.publicKeys());
      }
    }
    return signing == null ? null : new Keys(signing, believed);
  }

  /** A mounted Secret has folders of its own that begin with two dots. */
  private static boolean isKey(Path file) {
    return !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file);
  }
}
