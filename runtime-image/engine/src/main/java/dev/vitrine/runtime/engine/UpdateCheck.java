package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.SceneUpdate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether an update fits the scene: every mesh and material it names must be there afterwards. */
final class UpdateCheck {

  private final Set<Integer> meshes;
  private final Set<Integer> materials;

  private UpdateCheck(Set<Integer> meshes, Set<Integer> materials) {
    this.meshes = meshes;
    this.materials = materials;
  }

  /**
   * @throws IllegalArgumentException if the update does not fit
   */
  static void require(SceneUpdate update, SceneState scene) {
    switch (update) {
      case SceneSnapshot snapshot ->
          new UpdateCheck(new HashSet<>(), new HashSet<>())
              .requireKnown(snapshot.meshes(), snapshot.materials(), snapshot.draws());
      case SceneDelta delta -> {
        var check =
            new UpdateCheck(
                new HashSet<>(scene.meshes().keySet()), new HashSet<>(scene.materials().keySet()));
        delta.removedMeshes().forEach(check.meshes::remove);
        check.requireKnown(delta.meshes(), delta.materials(), delta.draws());
        if (!delta.removedMeshes().isEmpty()) {
          check.requireUndrawn(scene.drawsOutside(delta.replacedPrims()));
        }
      }
    }
  }

  private void requireKnown(
      List<MeshData> newMeshes, List<MaterialData> newMaterials, List<DrawData> newDraws) {
    newMeshes.forEach(mesh -> meshes.add(mesh.id()));
    newMaterials.forEach(material -> materials.add(material.id()));
    for (var mesh : newMeshes) {
      mesh.parts()
          .forEach(part -> requireMaterial(part.materialId(), "a part of mesh " + mesh.id()));
    }
    for (var draw : newDraws) {
      if (!meshes.contains(draw.meshId())) {
        throw new IllegalArgumentException(
            "%s draws mesh %d, which is not there".formatted(draw.owner(), draw.meshId()));
      }
      requireMaterial(draw.materialId(), draw.owner());
    }
  }

  private void requireMaterial(int materialId, String user) {
    if (materialId != MaterialData.NONE && !materials.contains(materialId)) {
      throw new IllegalArgumentException(
          "%s has material %d, which is not there".formatted(user, materialId));
    }
  }

  private void requireUndrawn(List<Draw> remaining) {
    for (var draw : remaining) {
      if (!meshes.contains(draw.meshId())) {
        throw new IllegalArgumentException(
            "mesh %d is removed but still drawn; replace the prims that draw it as well"
                .formatted(draw.meshId()));
      }
    }
  }
}
