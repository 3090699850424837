package dev.vitrine.runtime.app;

import dev.vitrine.runtime.stage.ExtensionOptions;
import dev.vitrine.runtime.stage.StageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a stage is: the folder that the stage process may read, and the stage's path in it.
 *
 * @param url relative to the folder
 */
record StagePlace(Path assets, String url) {

  /**
   * Finds it.
   *
   * @param stage a file of this machine, or a path below the folder
   * @param assets the folder to look in
   * @param fixed whether the folder was asked for; otherwise a file may bring its own
   */
  static StagePlace of(String stage, Path assets, boolean fixed) {
    var file = Path.of(stage).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      return new StagePlace(assets, stage);
    }
    var folder = assets.toAbsolutePath().normalize();
    if (file.startsWith(folder)) {
      return new StagePlace(folder, folder.relativize(file).toString());
    }
    var parent = file.getParent();
    return fixed || parent == null
        ? new StagePlace(assets, stage)
        : new StagePlace(parent, file.getFileName().toString());
  }

  /**
   * How the process is run that opens it.
   *
   * @param packages the folder of its own Python packages
   * @param extension the folder of the extension that it has, if any
   */
  StageOptions process(Path python, Path packages, Optional<Path> extension) {
    var options = StageOptions.of(python, packages, assets);
    return extension.map(ExtensionOptions::of).map(options::withExtension).orElse(options);
  }
}
