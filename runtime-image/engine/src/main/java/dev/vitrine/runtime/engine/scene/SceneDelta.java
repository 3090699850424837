package dev.vitrine.runtime.engine.scene;

import java.util.List;

/**
 * What changed. First the draws, lights and cameras at or below {@code replacedPrims} go, and then
 * all given ones are added; so a moved prim is a replaced prim with one draw and no mesh. Meshes
 * and materials replace those with the same id, and others stay though nothing draws them.
 *
 * @param replacedPrims absolute prim paths; {@code /} is the whole stage
 * @param removedMeshes ids of meshes that nothing draws any more; an unknown one is no error
 */
public record SceneDelta(
    List<String> replacedPrims,
    List<Integer> removedMeshes,
    List<MeshData> meshes,
    List<MaterialData> materials,
    List<DrawData> draws,
    List<LightData> lights,
    List<CameraData> cameras)
    implements SceneUpdate {

  public SceneDelta {
    replacedPrims = List.copyOf(replacedPrims);
    replacedPrims.forEach(PrimPaths::requireAbsolute);
    removedMeshes = List.copyOf(removedMeshes);
    meshes = List.copyOf(meshes);
    materials = List.copyOf(materials);
    draws = List.copyOf(draws);
    lights = List.copyOf(lights);
    cameras = List.copyOf(cameras);
  }
}
