package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import java.util.Optional;

/** Which part of a picture a box may be seen in. */
final class ScreenBounds {

  private ScreenBounds() {}

  /**
   * An area that holds all of a box, if it can be in the picture at all.
   *
   * @param margin pixels to add on each side
   */
  static Optional<PictureArea> of(Bounds box, Camera camera, PictureSize size, int margin) {
    var view = camera.view();
    var projection = camera.projection(size.aspect());
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (var corner : box.corners()) {
      var seen = view.point(corner);
      double depth = -seen.z();
      if (!(depth > camera.near())) {
        return Optional.of(PictureArea.all(size)); // part of it is behind the eye: anywhere, then
      }
      double x = (projection.at(0, 0) * seen.x() / depth + 1) / 2 * size.width();
      double y = (projection.at(1, 1) * seen.y() / depth + 1) / 2 * size.height();
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
    int x = clamped(left - margin);
    int y = clamped(top - margin);
    return new PictureArea(x, y, clamped(right + margin) - x + 1, clamped(bottom + margin) - y + 1)
        .within(size);
  }

  /** Far beyond every picture, and far from an overflow. */
  private static int clamped(double pixel) {
    return (int) Math.floor(Math.clamp(pixel, -100_000, 100_000));
  }
}
