package dev.vitrine.cli;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies beside the command where it is installed.
 *
 * @param folder the folder that {@code bin} is in
 */
record Installation(Path folder) {

  /** Where this command is installed, as its launcher says. */
  static Installation here() {
    return new Installation(Path.of(System.getProperty("vitrine.installation", ".")));
  }

  /** The Java that runs this command, and the runtime. */
  Path java() {
    return folder.resolve("jre/bin/java");
  }

  /** The folder that the runtime takes for its home. */
  Path runtime() {
    return folder.resolve("runtime");
  }

  /** How a machine without the image runs the runtime's JVM, for {@code java @FILE}. */
  Path runtimeJavaOptions() {
    return runtime().resolve("local-java.options");
  }

  /** The Python that the stage process runs with. */
  Path python() {
    return runtime().resolve("runtime-image/stage/target/venv/bin/python3");
  }

  /**
   * The runtime's jar.
   *
   * @throws CommandFailure if the runtime is not installed
   */
  Path runtimeJar() {
    var jar = runtime().resolve("vitrine-app.jar");
    if (!Files.isRegularFile(jar)) {
      throw CommandFailure.failed(
          "the runtime is missing at %s; build the command with its runtime: make -s cli", jar);
    }
    return jar;
  }

  /** The image that apps are put upon, as far as it is known here. */
  Optional<String> runtimeImage() {
    try {
      return Optional.of(Files.readString(folder.resolve("runtime-image.ref")).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
