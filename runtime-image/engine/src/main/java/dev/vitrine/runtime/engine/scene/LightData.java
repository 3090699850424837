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
    if (color.x() < 0 || color.y() < 0 || color.z() < 0) {
      throw new IllegalArgumentException(
          "%s: a light's color must not be negative, but is %s".formatted(owner, color));
    }
    if (!(intensity >= 0) || Double.isInfinite(intensity)) {
      throw new IllegalArgumentException(
          "%s: a light's intensity must be finite and not negative, but is %s"
              .formatted(owner, intensity));
    }
  }
}
