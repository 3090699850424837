package dev.vitrine.runtime.stream;

import java.nio.ByteBuffer;

/**
 * What a look at a decoded picture found.
 *
 * @param width in pixels
 * @param height in pixels
 * @param contrast from its darkest to its brightest spot, in steps of luma: 0 to 255
 */
public record DecodedPicture(int width, int height, int contrast) {

  /** What a codec makes of one colour stays below this; of a picture, far above. */
  private static final int LEAST_CONTRAST = 16;

  /** So many spots in each direction: what is too small for them is no picture either. */
  private static final int SPOTS = 160;

  /**
   * Looks at spots all over a picture.
   *
   * @param luma the picture's luma, row by row
   * @param stride bytes from one row to the next
   */
  public static DecodedPicture of(int width, int height, ByteBuffer luma, int stride) {
    int darkest = 255;
    int brightest = 0;
    int stepX = Math.max(1, width / SPOTS);
    int stepY = Math.max(1, height / SPOTS);
    for (int y = stepY / 2; y < height; y += stepY) {
      for (int x = stepX / 2; x < width; x += stepX) {
        int level = Byte.toUnsignedInt(luma.get(y * stride + x));
        darkest = Math.min(darkest, level);
        brightest = Math.max(brightest, level);
      }
    }
    return new DecodedPicture(width, height, Math.max(0, brightest - darkest));
  }

  /** Whether something can be seen: there are pixels, and they are not all of one colour. */
  public boolean showsSomething() {
    return width > 0 && height > 0 && contrast >= LEAST_CONTRAST;
  }
}
