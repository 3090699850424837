package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** Writes the folder of a new project: all of it, or nothing. */
public final class NewProject {

  private NewProject() {}

  /**
   * Makes the folder, or fills it if it is empty.
   *
   * @param files paths below the folder, and what they hold
   * @throws CommandFailure if there is something already, or the folder cannot be written
   */
  public static void write(Path folder, Map<String, String> files) {
    var target = folder.toAbsolutePath().normalize();
    requireFree(target, folder);
    try {
      boolean existed = Files.exists(target);
      Files.createDirectories(target);
      try {
        fill(target, files);
      } catch (IOException e) {
        empty(target);
        if (!existed) {
          Files.delete(target);
        }
        throw e;
      }
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the project cannot be written to %s (%s); choose another folder with --dir", folder, e);
    }
  }

  private static void fill(Path target, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      var path = target.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
  }

  private static void requireFree(Path target, Path asGiven) {
    if (Files.exists(target) && !isEmptyFolder(target)) {
      throw CommandFailure.badInput(
          "%s exists and is not an empty folder; nothing was written: choose another with --dir, or"
              + " empty it",
          asGiven);
    }
  }

  private static boolean isEmptyFolder(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static void empty(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
