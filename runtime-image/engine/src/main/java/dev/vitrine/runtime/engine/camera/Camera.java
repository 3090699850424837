package dev.vitrine.runtime.engine.camera;

import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.Vec3;

/**
 * A perspective view of the scene.
 *
 * @param eye where the camera is
 * @param forward where it looks, length 1
 * @param up what is up in the picture, length 1, at a right angle to forward
 * @param verticalFieldOfViewRadians above 0 and below pi
 * @param near the distance of the near plane, above 0
 * @param far the distance of the far plane, above near
 */
public record Camera(
    Vec3 eye, Vec3 forward, Vec3 up, double verticalFieldOfViewRadians, double near, double far) {

  public Camera {
    if (Math.abs(forward.length() - 1) > 1e-6
        || Math.abs(up.length() - 1) > 1e-6
        || Math.abs(forward.dot(up)) > 1e-6) {
      throw new IllegalArgumentException(
          "a camera's forward and up must have length 1 at a right angle, but are %s and %s"
              .formatted(forward, up));
    }
    if (!(verticalFieldOfViewRadians > 0 && verticalFieldOfViewRadians < Math.PI)) {
      throw new IllegalArgumentException(
          "a camera's field of view must lie between 0 and pi radians, but is "
              + verticalFieldOfViewRadians);
    }
    if (!(near > 0 && near < far) || Double.isInfinite(far)) {
      throw new IllegalArgumentException(
          "a camera needs 0 < near < far, but has near %s and far %s".formatted(near, far));
    }
  }

  public Vec3 right() {
    return forward.cross(up);
  }

  /** World to camera: x right, y up, z towards the viewer. */
  public Matrix4 view() {
    Vec3 right = right();
    Vec3 back = forward.times(-1);
    return Matrix4.ofColumns(
        right.x(),
        up.x(),
        back.x(),
        0,
        right.y(),
        up.y(),
        back.y(),
        0,
        right.z(),
        up.z(),
        back.z(),
        0,
        -right.dot(eye),
        -up.dot(eye),
        -back.dot(eye),
        1);
  }

  /**
   * Camera to Vulkan's clip space (y down), with depth 1 at the near plane and 0 at the far one:
   * floats are densest near 0, where perspective has the least depth to spare.
   *
   * @param aspect the picture's width by its height
   */
  public Matrix4 projection(double aspect) {
    double scale = 1 / Math.tan(verticalFieldOfViewRadians / 2);
    double depth = far - near;
    return Matrix4.ofColumns(
        scale / aspect,
        0,
        0,
        0,
        0,
        -scale,
        0,
        0,
        0,
        0,
        near / depth,
        -1,
        0,
        0,
        near * far / depth,
        0);
  }
}
