package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures for people to look at. */
final class Pngs {

  private Pngs() {}

  static void write(Renderer renderer, Camera camera, PictureSize size, Path file)
      throws IOException {
    var image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    try (var picture = renderer.render(camera, size)) {
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          image.setRGB(x, y, DecodedPixel.at(picture, x, y, ColorMatrix.BT709).toRgb());
        }
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
