package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the folder of a new project: all of it, or nothing. */
public final class NewProject {

  /** What the umask leaves of it. */
  private static final FileAttribute<?> AS_OTHER_FOLDERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

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
      if (Files.exists(target)) {
        fillFolder(target, files);
      } else {
        makeFolder(target, files);
      }
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the project cannot be written to %s (%s); choose another folder with --dir", folder, e);
    }
  }

  private static void makeFolder(Path target, Map<String, String> files) throws IOException {
    var parent = Files.createDirectories(target.resolveSibling(""));
    var draft = draft(parent);
    try {
      fill(draft, files);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(draft);
      throw e;
    }
  }

  /** The folder stays the one that it is: somebody may be in it, or it may be another disk's. */
  private static void fillFolder(Path target, Map<String, String> files) throws IOException {
    var draft = draft(target);
    var moved = new ArrayList<Path>();
    try {
      fill(draft, files);
      for (var entry : entries(draft)) {
        var place = target.resolve(entry.getFileName());
        Files.move(entry, place);
        moved.add(place);
      }
      Files.delete(draft);
    } catch (IOException e) {
      remove(draft);
      for (var place : moved) {
        remove(place);
      }
      throw e;
    }
  }

  /** What becomes the project when it is whole. */
  private static Path draft(Path parent) throws IOException {
    return Files.createTempDirectory(parent, ".vitrine-new-", AS_OTHER_FOLDERS);
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
    try {
      return entries(path).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void remove(Path ours) throws IOException {
    try (var files = Files.walk(ours)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
