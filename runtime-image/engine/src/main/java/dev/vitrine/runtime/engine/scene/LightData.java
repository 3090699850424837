package dev.vitrine.runtime.engine.scene;

/**
 * A light of the stage (UsdLux).
 *
 * @param owner the light prim's absolute path
 * @param shape what kind of light it is
 * @param color linear, not negative, with color temperature applied
 * @param intensity intensity times 2 to the power of exposure, not negative
 * @param world local to world; a distant light shines along its local -Z
 */
public record LightData(String owner, Shape shape, Vec3 color, double intensity, Matrix4 world) {

  /** How a light spreads. */
  public enum Shape {
    /** Parallel rays, such as the sun's. */
    DISTANT,
    /** From everywhere around the scene. */
    DOME,
    /** From a place in the scene: sphere, disk, rect and cylinder lights. */
    LOCAL
  }

  public LightData {
    PrimPaths.requireAbsolute(owner);
    requireStrength(color.x(), owner, "color");
    requireStrength(color.y(), owner, "color");
    requireStrength(color.z(), owner, "color");
    requireStrength(intensity, owner, "intensity");
    if (!world.fitsFloats()) {
      throw new IllegalArgumentException(
          "%s: a light's transform must fit floats, but is %s".formatted(owner, world));
    }
  }

  private static void requireStrength(double value, String owner, String name) {
    // Written so that NaN fails as well.
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s: a light's %s must fit a float and not be negative, but has %s"
              .formatted(owner, name, value));
    }
  }
}
