package dev.vitrine.runtime.engine.scene;

import java.util.List;

/**
 * A whole stage: whatever was known before is forgotten.
 *
 * @param upAxis which way is up
 * @param metersPerUnit how long one unit of the stage is, above 0
 */
public record SceneSnapshot(
    UpAxis upAxis,
    double metersPerUnit,
    List<MeshData> meshes,
    List<MaterialData> materials,
    List<DrawData> draws,
    List<LightData> lights,
    List<CameraData> cameras)
    implements SceneUpdate {

  public SceneSnapshot {
    if (!(metersPerUnit > 0) || Double.isInfinite(metersPerUnit)) {
      throw new IllegalArgumentException(
          "metersPerUnit must be a finite number above 0, but is " + metersPerUnit);
    }
    meshes = List.copyOf(meshes);
    materials = List.copyOf(materials);
    draws = List.copyOf(draws);
    lights = List.copyOf(lights);
    cameras = List.copyOf(cameras);
  }
}
