package dev.vitrine.runtime.engine.scene;

/** Which way is up in a stage (UsdGeomGetStageUpAxis). */
public enum UpAxis {
  Y(Vec3.UNIT_Y),
  Z(Vec3.UNIT_Z);

  private final Vec3 direction;

  UpAxis(Vec3 direction) {
    this.direction = direction;
  }

  public Vec3 direction() {
    return direction;
  }
}
