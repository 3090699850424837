package dev.vitrine.cli;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where programs are looked for.
 *
 * @param folders as in the variable PATH
 */
record SearchPath(@Nullable String folders) {

  /**
   * Looks for a program.
   *
   * @throws CommandFailure if it is not there, naming the package to install
   */
  void require(String program, String debianPackage) {
    if (folders == null
        || Arrays.stream(folders.split(File.pathSeparator))
            .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
      throw CommandFailure.failed(
          "the program %s is not in the PATH; install it: apt-get install %s",
          program, debianPackage);
    }
  }
}
