package dev.vitrine.runtime.engine.scene;

/** Three finite numbers: a point, a direction, or a linear Rec. 709 colour (red, green, blue). */
public record Vec3(double x, double y, double z) {

  public static final Vec3 ZERO = new Vec3(0, 0, 0);
  public static final Vec3 ONE = new Vec3(1, 1, 1);
  public static final Vec3 UNIT_X = new Vec3(1, 0, 0);
  public static final Vec3 UNIT_Y = new Vec3(0, 1, 0);
  public static final Vec3 UNIT_Z = new Vec3(0, 0, 1);

  public Vec3 {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException(
          "a vector needs finite numbers, but is (%s, %s, %s)".formatted(x, y, z));
    }
  }

  public Vec3 plus(Vec3 other) {
    return new Vec3(x + other.x, y + other.y, z + other.z);
  }

  public Vec3 minus(Vec3 other) {
    return new Vec3(x - other.x, y - other.y, z - other.z);
  }

  public Vec3 times(double factor) {
    return new Vec3(x * factor, y * factor, z * factor);
  }

  public double dot(Vec3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  public Vec3 cross(Vec3 other) {
    return new Vec3(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  public double length() {
    return Math.hypot(Math.hypot(x, y), z);
  }

  /** This direction with length 1, or {@code fallback} where there is no direction to keep. */
  public Vec3 normalizedOr(Vec3 fallback) {
    double length = length();
    // A subnormal length would overflow the division.
    return length > Double.MIN_NORMAL && Double.isFinite(length)
        ? new Vec3(x / length, y / length, z / length)
        : fallback;
  }
}
