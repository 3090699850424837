package dev.vitrine.runtime.stage;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which extension the stage process loads. It is trusted code, confined as the process is.
 *
 * @param folder a Python package: its {@code __init__.py} registers handlers
 * @param handlerLimit how long loading it, or one call of a handler, may take before the process is
 *     killed
 */
public record ExtensionOptions(Path folder, Duration handlerLimit) {

  /** With the default limit: 10 s. */
  public static ExtensionOptions of(Path folder) {
    return new ExtensionOptions(folder, Duration.ofSeconds(10));
  }
}
