package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.TerminationMessage;
import dev.vitrine.protocol.WatchVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Kubernetes reads a container's last words (terminationMessagePath). */
public record TerminationLog(Path file) {

  private static final Logger LOG = LoggerFactory.getLogger(TerminationLog.class);

  /** Leaves the reason behind; a runtime that ends does not stop at a file it cannot write. */
  public void write(TerminationMessage message) {
    write(message.toJson());
  }

  /** Leaves behind what a watch found, in the same way. */
  public void write(WatchVerdict verdict) {
    write(verdict.toJson());
  }

  private void write(String line) {
    try {
      Files.writeString(file, line);
    } catch (IOException e) {
      LOG.error("cannot write the last words to {}", file, e);
    }
  }
}
