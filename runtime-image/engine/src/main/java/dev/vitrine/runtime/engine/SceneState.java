package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.MeshPart;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.SceneUpdate;
import dev.vitrine.runtime.engine.scene.UpAxis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scene as it is now, without the triangles themselves. Pure: it knows no GPU. */
final class SceneState {

  /** What is known of a mesh whose triangles lie elsewhere. */
  record Mesh(int indexCount, List<MeshPart> parts, Bounds bounds) {}

  private final Map<Integer, Mesh> meshes = new HashMap<>();
  private final Map<Integer, MaterialData> materials = new HashMap<>();
  private final PrimTree<Draw> draws = new PrimTree<>();
  private final PrimTree<LightData> lights = new PrimTree<>();
  private final PrimTree<CameraData> cameras = new PrimTree<>();
  private UpAxis upAxis = UpAxis.Y;

  /**
   * Changes the scene, wholly or not at all.
   *
   * @throws IllegalArgumentException if the update is wrong; {@link UpdateCheck} says how
   */
  void apply(SceneUpdate update) {
    UpdateCheck.require(update, this);
    switch (update) {
      case SceneSnapshot snapshot -> {
        meshes.clear();
        materials.clear();
        replace(List.of("/"));
        upAxis = snapshot.upAxis();
        add(snapshot.meshes(), snapshot.materials(), snapshot.draws());
        snapshot.lights().forEach(light -> lights.add(light.owner(), light));
        snapshot.cameras().forEach(camera -> cameras.add(camera.owner(), camera));
      }
      case SceneDelta delta -> {
        replace(delta.replacedPrims());
        delta.removedMeshes().forEach(meshes::remove);
        add(delta.meshes(), delta.materials(), delta.draws());
        delta.lights().forEach(light -> lights.add(light.owner(), light));
        delta.cameras().forEach(camera -> cameras.add(camera.owner(), camera));
      }
    }
  }

  private void replace(List<String> prims) {
    for (var prim : prims) {
      draws.removeSubtree(prim);
      lights.removeSubtree(prim);
      cameras.removeSubtree(prim);
    }
  }

  private void add(
      List<MeshData> newMeshes, List<MaterialData> newMaterials, List<DrawData> newDraws) {
    for (var mesh : newMeshes) {
      meshes.put(mesh.id(), new Mesh(mesh.indexCount(), mesh.parts(), mesh.bounds()));
    }
    newMaterials.forEach(material -> materials.put(material.id(), material));
    if (!newMeshes.isEmpty()) {
      draws.replaceAll(draw -> draw.within(bounds(draw.meshId())));
    }
    for (var draw : newDraws) {
      draws.add(draw.owner(), Draw.of(draw, bounds(draw.meshId())));
    }
  }

  private Bounds bounds(int meshId) {
    var mesh = meshes.get(meshId);
    if (mesh == null) {
      throw new IllegalStateException("mesh %d was checked and is gone".formatted(meshId));
    }
    return mesh.bounds();
  }

  Map<Integer, Mesh> meshes() {
    return meshes;
  }

  Map<Integer, MaterialData> materials() {
    return materials;
  }

  Collection<Draw> draws() {
    return draws.all();
  }

  /** The draws at or below a prim. */
  List<Draw> draws(String prim) {
    return draws.subtree(prim);
  }

  /** Whether anything is drawn at or below a prim; asks no more draws than it has to. */
  boolean isDrawn(String prim) {
    return draws.has(prim, draw -> draw.instanceCount() > 0);
  }

  /** The draws that stay when those at or below some prims go. */
  List<Draw> drawsOutside(List<String> prims) {
    return draws.outside(prims);
  }

  List<LightData> lights() {
    return List.copyOf(lights.all());
  }

  List<CameraData> cameras() {
    return List.copyOf(cameras.all());
  }

  UpAxis upAxis() {
    return upAxis;
  }

  /** A box around what is drawn at or below a prim; empty when nothing is. */
  Optional<Bounds> bounds(String prim) {
    var boxes = new ArrayList<Bounds>();
    draws.subtree(prim).forEach(draw -> draw.bounds().ifPresent(boxes::add));
    return boxes.stream().reduce(Bounds::union);
  }
}
