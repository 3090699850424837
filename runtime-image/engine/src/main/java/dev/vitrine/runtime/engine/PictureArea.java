package dev.vitrine.runtime.engine;

import java.util.Optional;

/**
 * A part of a picture, in pixels from its upper left corner.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record PictureArea(int x, int y, int width, int height) {

  public PictureArea {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an area must have at least one pixel, but is %d x %d".formatted(width, height));
    }
  }

  /** All of a picture. */
  static PictureArea all(PictureSize size) {
    return new PictureArea(0, 0, size.width(), size.height());
  }

  /** The smallest area that holds two pixels, in whatever order. */
  public static PictureArea between(int x1, int y1, int x2, int y2) {
    return new PictureArea(
        Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2) + 1, Math.abs(y1 - y2) + 1);
  }

  /** The part of this that lies within a picture, if any does. */
  Optional<PictureArea> within(PictureSize size) {
    long left = Math.max(0, x);
    long top = Math.max(0, y);
    long right = Math.min(size.width(), (long) x + width);
    long bottom = Math.min(size.height(), (long) y + height);
    return left < right && top < bottom
        ? Optional.of(
            new PictureArea((int) left, (int) top, (int) (right - left), (int) (bottom - top)))
        : Optional.empty();
  }
}
