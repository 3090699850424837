package dev.vitrine.runtime.engine.scene;

/** Which way is up in a stage (UsdGeomGetStageUpAxis). */
public enum UpAxis {
  Y,
  Z;

  public Vec3 direction() {
    return switch (this) {
      case Y -> Vec3.UNIT_Y;
      case Z -> Vec3.UNIT_Z;
    };
  }
}
