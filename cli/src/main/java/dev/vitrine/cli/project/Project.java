package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A project as its {@code vitrine.yaml} describes it.
 *
 * @param folder where it is
 * @param stage the stage to open, relative to the folder
 * @param extension the Python package that extends the stage, which is a folder of the project
 */
public record Project(Path folder, ProjectName name, Path stage, Optional<String> extension) {

  private static final String FILE = "vitrine.yaml";

  /**
   * Reads the project in a folder.
   *
   * @throws CommandFailure if it is none, with the field and the remedy
   */
  public static Project read(Path folder) {
    var file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.badInput(
          "%s is no project: it has no %s. Make a project with: vitrine new", folder, FILE);
    }
    var fields = ProjectFields.read(file);
    fields.requireNoOthersThan("name", "stage", "extension");
    var name = new ProjectName(fields.required("name", "the project's name, such as my_viewer"));
    var stage = path(file, fields.required("stage", "the stage to open, such as stage/scene.usda"));
    requireInside(folder, file, stage);
    var extension = fields.optional("extension");
    extension.ifPresent(package_ -> requirePackage(folder, file, package_));
    return new Project(folder, name, stage.normalize(), extension);
  }

  /** The file of the stage to open. */
  public Path stageFile() {
    return folder.resolve(stage);
  }

  private static Path path(Path file, String stage) {
    try {
      return Path.of(stage);
    } catch (InvalidPathException e) {
      throw CommandFailure.badInput("%s: stage must be a path (%s)", file, e.getReason());
    }
  }

  private static void requireInside(Path folder, Path file, Path stage) {
    if (stage.isAbsolute() || stage.normalize().startsWith("..")) {
      throw CommandFailure.badInput(
          "%s: stage '%s' must be a path below the project's folder", file, stage);
    }
    if (!Files.isRegularFile(folder.resolve(stage))) {
      throw CommandFailure.badInput(
          "%s: stage '%s' is no file of the project; create it or correct the path", file, stage);
    }
  }

  private static void requirePackage(Path folder, Path file, String extension) {
    if (!extension.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw CommandFailure.badInput(
          "%s: extension '%s' must be the name of a Python package: letters, digits and '_'",
          file, extension);
    }
    if (PythonModules.have(extension)) {
      throw CommandFailure.badInput(
          "%s: extension '%s' is a module of Python or Vitrine already; call the folder something"
              + " else, such as my_%s",
          file, extension, extension);
    }
    if (!Files.isRegularFile(folder.resolve(extension).resolve("__init__.py"))) {
      throw CommandFailure.badInput(
          "%s: extension '%s' is no Python package of the project; create %s/__init__.py or take the"
              + " field away",
          file, extension, extension);
    }
  }
}
