package dev.vitrine.runtime.app.stage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which files of the assets folder the stage is made of. Safe for use by several threads. */
final class StageFiles {

  private final Path assets;
  private volatile List<String> read = List.of();

  StageFiles(Path assets) {
    this.assets = assets.toAbsolutePath().normalize();
  }

  /**
   * A stage was composed.
   *
   * @param names of the files that it was read from, relative to the assets folder
   */
  void read(List<String> names) {
    read = names;
  }

  /**
   * The files that were read last, after that of the stage itself.
   *
   * @param url of the stage, which a page may have made up; empty for one without a file
   */
  List<Path> of(String url) {
    return Stream.concat(Stream.of(url), read.stream())
        .filter(name -> !name.isEmpty())
        .flatMap(name -> file(name).stream())
        .distinct()
        .toList();
  }

  private Optional<Path> file(String name) {
    try {
      return Optional.of(assets.resolve(name).normalize()).filter(file -> file.startsWith(assets));
    } catch (InvalidPathException e) {
      return Optional.empty(); // this machine's file names cannot have such letters
    }
  }
}
