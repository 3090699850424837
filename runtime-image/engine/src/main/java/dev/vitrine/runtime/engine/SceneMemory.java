package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.SceneUpdate;
import java.util.HashSet;
import java.util.List;

/** Keeps a scene within the GPU memory it may take. */
final class SceneMemory {

  private final long limitBytes;
  private final MeshStore meshes;
  private final SceneState scene;

  SceneMemory(long limitBytes, MeshStore meshes, SceneState scene) {
    this.limitBytes = limitBytes;
    this.meshes = meshes;
    this.scene = scene;
  }

  /**
   * @throws IllegalArgumentException if the scene would be too large after this update
   */
  void requireRoom(SceneUpdate update) {
    long needed =
        switch (update) {
          case SceneSnapshot snapshot -> bytes(snapshot.meshes(), snapshot.draws());
          case SceneDelta delta ->
              meshes.usedBytes()
                  + transformBytes(scene.draws())
                  - replacedBytes(delta)
                  + bytes(delta.meshes(), delta.draws());
        };
    if (needed > limitBytes) {
      throw new IllegalArgumentException(
          "the scene needs %d MiB of GPU memory, but may take %d: simplify it or raise the limit"
              .formatted(needed >> 20, limitBytes >> 20));
    }
  }

  private long replacedBytes(SceneDelta delta) {
    var goneMeshes = new HashSet<>(delta.removedMeshes());
    delta.meshes().forEach(mesh -> goneMeshes.add(mesh.id()));
    long bytes = goneMeshes.stream().mapToLong(meshes::bytes).sum();
    for (var prim : delta.replacedPrims()) {
      bytes += transformBytes(scene.draws(prim));
    }
    return bytes;
  }

  private static long bytes(List<MeshData> newMeshes, List<DrawData> newDraws) {
    return newMeshes.stream().mapToLong(MeshStore::bytes).sum()
        + newDraws.stream().mapToLong(draw -> draw.instanceCount() * Matrix4.FLOAT_BYTES).sum();
  }

  private static long transformBytes(Iterable<Draw> draws) {
    long bytes = 0;
    for (var draw : draws) {
      bytes += draw.transforms().byteSize();
    }
    return bytes;
  }
}
