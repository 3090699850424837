package dev.vitrine.runtime.engine.scene;

import java.util.ArrayList;
import java.util.List;

/** An axis-aligned box; min is nowhere above max. */
public record Bounds(Vec3 min, Vec3 max) {

  public Bounds {
    if (min.x() > max.x() || min.y() > max.y() || min.z() > max.z()) {
      throw new IllegalArgumentException(
          "the bounds' min %s lies above their max %s".formatted(min, max));
    }
  }

  public Vec3 center() {
    return min.times(0.5).plus(max.times(0.5));
  }

  /** The length of the box's diagonal. */
  public double diagonal() {
    return max.minus(min).length();
  }

  public Bounds union(Bounds other) {
    return new Bounds(
        new Vec3(
            Math.min(min.x(), other.min.x()),
            Math.min(min.y(), other.min.y()),
            Math.min(min.z(), other.min.z())),
        new Vec3(
            Math.max(max.x(), other.max.x()),
            Math.max(max.y(), other.max.y()),
            Math.max(max.z(), other.max.z())));
  }

  public List<Vec3> corners() {
    var corners = new ArrayList<Vec3>(8);
    for (int i = 0; i < 8; i++) {
      corners.add(
          new Vec3(
              (i & 1) == 0 ? min.x() : max.x(),
              (i & 2) == 0 ? min.y() : max.y(),
              (i & 4) == 0 ? min.z() : max.z()));
    }
    return corners;
  }

  /** The box around this box after an affine transform. */
  public Bounds transformed(Matrix4 transform) {
    Vec3 middle = transform.point(center());
    Vec3 half = max.minus(min).times(0.5);
    Vec3 reach =
        new Vec3(reach(transform, 0, half), reach(transform, 1, half), reach(transform, 2, half));
    return new Bounds(middle.minus(reach), middle.plus(reach));
  }

  private static double reach(Matrix4 transform, int row, Vec3 half) {
    return Math.abs(transform.at(row, 0)) * half.x()
        + Math.abs(transform.at(row, 1)) * half.y()
        + Math.abs(transform.at(row, 2)) * half.z();
  }
}
