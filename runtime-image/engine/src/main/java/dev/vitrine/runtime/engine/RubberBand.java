package dev.vitrine.runtime.engine;

import java.nio.ByteBuffer;

/** The frame of an area that a viewer is drawing: a white line over the picture. */
final class RubberBand {

  private static final byte WHITE = (byte) 235;
  private static final byte GRAY = (byte) 128;

  private RubberBand() {}

  /** Paints the frame over a picture, as far as it lies within. */
  static void paint(Picture picture, PictureArea area) {
    area.within(picture.size())
        .ifPresent(
            seen -> {
              frame(picture.luma(), picture.lumaStride(), seen, 1, WHITE);
              frame(picture.chromaBlue(), picture.chromaStride(), seen, 2, GRAY);
              frame(picture.chromaRed(), picture.chromaStride(), seen, 2, GRAY);
            });
  }

  /**
   * @param pixels of the picture to one of this plane, in each direction
   */
  private static void frame(
      ByteBuffer plane, int stride, PictureArea area, int pixels, byte level) {
    int left = area.x() / pixels;
    int top = area.y() / pixels;
    int right = (area.x() + area.width() - 1) / pixels;
    int bottom = (area.y() + area.height() - 1) / pixels;
    for (int x = left; x <= right; x++) {
      plane.put(top * stride + x, level);
      plane.put(bottom * stride + x, level);
    }
    for (int y = top; y <= bottom; y++) {
      plane.put(y * stride + left, level);
      plane.put(y * stride + right, level);
    }
  }
}
