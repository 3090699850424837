package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.TerminationMessage;
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
    try {
      Files.writeString(file, message.toJson());
    } catch (IOException e) {
      LOG.error("cannot write the reason of the end to {}", file, e);
    }
  }
}
