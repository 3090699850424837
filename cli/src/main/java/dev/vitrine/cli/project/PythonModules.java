package dev.vitrine.cli.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The modules that the stage process has of its own: Python's library, OpenUSD and Vitrine's. It
 * loads no extension of such a name.
 */
final class PythonModules {

  private static final Set<String> NAMES = read("/python-modules.txt");

  private PythonModules() {}

  static boolean have(String name) {
    return NAMES.contains(name);
  }

  private static Set<String> read(String resource) {
    try (var stream = PythonModules.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is not among the resources");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
