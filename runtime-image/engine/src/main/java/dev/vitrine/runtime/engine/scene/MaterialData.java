package dev.vitrine.runtime.engine.scene;

/**
 * What a surface looks like, in the terms of UsdPreviewSurface
 * (https://openusd.org/release/spec_usdpreviewsurface.html). Colours are linear.
 *
 * @param id the material's id, not negative; a later material with the same id replaces this one
 * @param baseColor diffuseColor, each channel 0..1
 * @param vertexColored whether the mesh's colours multiply the base colour
 * @param metallic 0..1
 * @param roughness 0..1
 * @param emissive emissiveColor, not negative
 * @param opacity 0 (invisible) to 1 (opaque)
 * @param opacityThreshold above 0: opaque where opacity reaches it, and nothing elsewhere
 */
public record MaterialData(
    int id,
    Vec3 baseColor,
    boolean vertexColored,
    double metallic,
    double roughness,
    Vec3 emissive,
    double opacity,
    double opacityThreshold) {

  /** The id that means: no material. */
  public static final int NONE = -1;

  public MaterialData {
    if (id < 0) {
      throw new IllegalArgumentException("a material's id must not be negative, but is " + id);
    }
    requireFraction(baseColor.x(), id, "baseColor");
    requireFraction(baseColor.y(), id, "baseColor");
    requireFraction(baseColor.z(), id, "baseColor");
    requireFraction(metallic, id, "metallic");
    requireFraction(roughness, id, "roughness");
    requireFraction(opacity, id, "opacity");
    requireFraction(opacityThreshold, id, "opacityThreshold");
    if (emissive.x() < 0 || emissive.y() < 0 || emissive.z() < 0) {
      throw new IllegalArgumentException(
          "material %d: emissive must not be negative, but is %s".formatted(id, emissive));
    }
  }

  /** An opaque plastic of one colour with the other values UsdPreviewSurface falls back to. */
  public static MaterialData plain(int id, Vec3 baseColor) {
    return new MaterialData(id, baseColor, false, 0, 0.5, Vec3.ZERO, 1, 0);
  }

  static void requireIdOrNone(int materialId, String where) {
    if (materialId < NONE) {
      throw new IllegalArgumentException(
          "%s: a material id must be -1 (none) or more, but is %d".formatted(where, materialId));
    }
  }

  private static void requireFraction(double value, int id, String name) {
    // Written so that NaN fails as well.
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "material %d: %s must lie in 0..1, but has %s".formatted(id, name, value));
    }
  }
}
