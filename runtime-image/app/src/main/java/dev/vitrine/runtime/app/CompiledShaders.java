package dev.vitrine.runtime.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shaders that the driver compiled while the image was built. Compiling them takes lavapipe as long
 * as everything else of a start.
 */
final class CompiledShaders {

  /** Where Mesa's drivers keep what they compiled: docs.mesa3d.org/envvars.html. */
  static final String DRIVER_FOLDER = "MESA_SHADER_CACHE_DIR";

  private static final Logger LOG = LoggerFactory.getLogger(CompiledShaders.class);

  /** Mesa's list of what is in its folder, which it can do without. */
  private static final String INDEX = "index";

  private CompiledShaders() {}

  /**
   * Puts them where the driver looks, which has to be a folder that it may write to. They have the
   * driver's build and the processor's abilities in their names: on a machine of another kind they
   * are not found, and the driver compiles.
   *
   * @param kept what the image has; none if there is no such folder
   * @param folder the driver's; other pods may share it
   */
  static void layOut(Path kept, Path folder) {
    if (!Files.isDirectory(kept)) {
      return;
    }
    try (var files = Files.walk(kept)) {
      for (var file : files.filter(CompiledShaders::isShader).toList()) {
        copy(file, folder.resolve(kept.relativize(file)));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("shaders are compiled anew, because {} cannot be written: {}", folder, e.toString());
    }
  }

  /** Under another name first: whoever shares the folder sees all of a file or nothing. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      return;
    }
    var parent = to.resolveSibling("");
    Files.createDirectories(parent);
    var whole = Files.createTempFile(parent, "shader-", ".tmp");
    try {
      Files.copy(from, whole, StandardCopyOption.REPLACE_EXISTING);
      Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static boolean isShader(Path file) {
    return Files.isRegularFile(file) && !file.endsWith(INDEX);
  }
}
