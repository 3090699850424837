package dev.vitrine.runtime.engine;

/**
 * A picture's size in pixels.
 *
 * @param width even, 16 to 7680
 * @param height even, 16 to 4320
 */
public record PictureSize(int width, int height) {

  public PictureSize {
    require(width, 7680, "width");
    require(height, 4320, "height");
  }

  public double aspect() {
    return (double) width / height;
  }

  private static void require(int value, int max, String name) {
    if (value < 16 || value > max || value % 2 != 0) {
      throw new IllegalArgumentException(
          "a picture's %s must be an even number from 16 to %d, but is %d"
              .formatted(name, max, value));
    }
  }
}
