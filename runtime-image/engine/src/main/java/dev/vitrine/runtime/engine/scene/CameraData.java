package dev.vitrine.runtime.engine.scene;

/**
 * A perspective camera of the stage (UsdGeomCamera).
 *
 * @param owner the camera prim's absolute path
 * @param world local to world; it looks along its local -Z with +Y up
 * @param verticalFieldOfViewRadians above 0 and below pi: 2 atan(verticalAperture / (2
 *     focalLength))
 */
public record CameraData(String owner, Matrix4 world, double verticalFieldOfViewRadians) {

  public CameraData {
    PrimPaths.requireAbsolute(owner);
    if (!(verticalFieldOfViewRadians > 0 && verticalFieldOfViewRadians < Math.PI)) {
      throw new IllegalArgumentException(
          "%s: a camera's field of view must lie between 0 and pi radians, but is %s"
              .formatted(owner, verticalFieldOfViewRadians));
    }
    if (!world.fitsFloats()) {
      throw new IllegalArgumentException(
          "%s: a camera's transform must fit floats, but is %s".formatted(owner, world));
    }
  }
}
