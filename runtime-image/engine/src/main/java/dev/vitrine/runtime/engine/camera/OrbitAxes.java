package dev.vitrine.runtime.engine.camera;

import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;

/** Up, and the level directions towards a camera in front and one to the right of a scene. */
record OrbitAxes(Vec3 up, Vec3 front, Vec3 side) {

  static OrbitAxes of(UpAxis upAxis) {
    return switch (upAxis) {
      case Y -> new OrbitAxes(Vec3.UNIT_Y, Vec3.UNIT_Z, Vec3.UNIT_X);
      case Z -> new OrbitAxes(Vec3.UNIT_Z, new Vec3(0, -1, 0), Vec3.UNIT_X);
    };
  }
}
