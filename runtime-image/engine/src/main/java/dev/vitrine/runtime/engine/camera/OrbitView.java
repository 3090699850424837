package dev.vitrine.runtime.engine.camera;

import dev.vitrine.runtime.engine.scene.Vec3;

/**
 * Where an orbit camera is.
 *
 * @param target the point it turns around and looks at
 * @param distance from the target, above 0
 * @param azimuthRadians how far it went around, 0 in front
 * @param elevationRadians how far above the level of the target
 * @param fieldOfViewRadians vertical
 */
public record OrbitView(
    Vec3 target,
    double distance,
    double azimuthRadians,
    double elevationRadians,
    double fieldOfViewRadians) {

  OrbitView around(Vec3 changedTarget) {
    return new OrbitView(
        changedTarget, distance, azimuthRadians, elevationRadians, fieldOfViewRadians);
  }

  OrbitView from(double changedDistance) {
    return new OrbitView(
        target, changedDistance, azimuthRadians, elevationRadians, fieldOfViewRadians);
  }

  OrbitView turned(double changedAzimuth, double changedElevation) {
    return new OrbitView(target, distance, changedAzimuth, changedElevation, fieldOfViewRadians);
  }
}
