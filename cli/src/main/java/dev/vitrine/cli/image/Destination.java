package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an image goes. */
public sealed interface Destination {

  /** To a registry. */
  record Registry(ImageReference image) implements Destination {}

  /** To a file that container engines load. */
  record Tar(Path file) implements Destination {}

  /**
   * A registry, by the image's name there.
   *
   * @throws CommandFailure if it is no name of an image
   */
  static Destination push(String image) {
    return new Registry(parse("--push", image));
  }

  /**
   * A file, which is replaced if it exists.
   *
   * @param project the folder that is packed, in which the file cannot be
   * @throws CommandFailure if it cannot be one
   */
  static Destination tar(Path file, Path project) {
    var target = file.toAbsolutePath();
    if (Files.isDirectory(target) || !Files.isDirectory(target.resolveSibling(""))) {
      throw CommandFailure.badInput(
          "--tar %s must be a file in a folder that exists, such as ./app.tar", file);
    }
    if (isBelow(project, target.resolveSibling(""))) {
      throw CommandFailure.badInput(
          "--tar %s is in the project's folder, which would be packed with it from then on; name a"
              + " file elsewhere, such as ../app.tar",
          file);
    }
    return new Tar(target);
  }

  private static boolean isBelow(Path project, Path folder) {
    try {
      return folder.toRealPath().startsWith(project.toRealPath());
    } catch (IOException e) {
      throw CommandFailure.failed("%s cannot be looked at: %s", folder, e);
    }
  }

  /** An image's name that an option has. */
  static ImageReference parse(String option, String image) {
    try {
      return ImageReference.parse(image);
    } catch (InvalidImageReferenceException e) {
      throw CommandFailure.badInput(
          "%s '%s' is no name of an image; write HOST/NAME:TAG, in small letters", option, image);
    }
  }
}
