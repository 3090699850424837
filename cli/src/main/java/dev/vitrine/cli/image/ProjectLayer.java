package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.Project;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The files of a project as a layer of its image: the same files make the same layer. */
final class ProjectLayer {

  /** Where a project is in its image. */
  static final AbsoluteUnixPath FOLDER = AbsoluteUnixPath.get("/app");

  /** Made by tools from what is there. */
  private static final List<String> LEFT_OUT = List.of("__pycache__", "node_modules");

  private ProjectLayer() {}

  /**
   * All files but hidden ones and what tools made of them, with fixed times, owners and
   * permissions.
   *
   * @throws CommandFailure if something there is neither a file nor a folder, or cannot be read, or
   *     if what the project is to open is left out
   */
  static FileEntriesLayer of(Project project) {
    var layer = FileEntriesLayer.builder().setName("project");
    try {
      var root = project.folder().toRealPath();
      Files.walkFileTree(root, new Collector(root, layer));
    } catch (IOException e) {
      throw CommandFailure.failed("%s cannot be read: %s", project.folder(), e);
    }
    var packed = layer.build();
    require(packed, "stage", project.stage());
    project
        .extension()
        .ifPresent(name -> require(packed, "extension", Path.of(name, "__init__.py")));
    return packed;
  }

  private static void require(FileEntriesLayer layer, String field, Path file) {
    var place = FOLDER.resolve(file);
    if (layer.getEntries().stream().noneMatch(entry -> entry.getExtractionPath().equals(place))) {
      throw CommandFailure.badInput(
          "%s: %s stays out of the image, as do all hidden files and what is in %s; move it to"
              + " another folder",
          field, file, String.join(" or ", LEFT_OUT));
    }
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final FileEntriesLayer.Builder layer;

    Collector(Path root, FileEntriesLayer.Builder layer) {
      this.root = root;
      this.layer = layer;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isLeftOut(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isLeftOut(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (!attributes.isRegularFile()) {
        throw CommandFailure.badInput(
            "%s is no regular file, and images of projects hold nothing else; replace it by a copy of"
                + " what it leads to, or hide it with a '.' before its name",
            file);
      }
      layer.addEntry(file, FOLDER.resolve(root.relativize(file)));
      return FileVisitResult.CONTINUE;
    }

    private static boolean isLeftOut(Path path) {
      var name = String.valueOf(path.getFileName());
      return name.startsWith(".") || LEFT_OUT.contains(name);
    }
  }
}
