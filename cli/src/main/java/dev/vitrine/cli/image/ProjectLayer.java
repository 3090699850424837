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
import java.util.Set;

/** The files of a project as a layer of its image: the same files make the same layer. */
final class ProjectLayer {

  /** Where a project is in its image. */
  static final AbsoluteUnixPath FOLDER = AbsoluteUnixPath.get("/app");

  /** Made by tools from what is there. */
  private static final Set<String> LEFT_OUT = Set.of("__pycache__", "node_modules");

  private ProjectLayer() {}

  /**
   * All files but hidden ones and what tools made of them, with fixed times, owners and
   * permissions.
   *
   * @throws CommandFailure if something there is neither a file nor a folder, or cannot be read
   */
  static FileEntriesLayer of(Project project) {
    var layer = FileEntriesLayer.builder().setName("project");
    try {
      Files.walkFileTree(project.folder(), new Collector(project.folder(), layer));
    } catch (IOException e) {
      throw CommandFailure.failed("%s cannot be read: %s", project.folder(), e);
    }
    return layer.build();
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
