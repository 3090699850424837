package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.MeshPart;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one picture draws, in order: equal meshes with equal materials in one go, whatever prims
 * they belong to.
 *
 * @param opaque batches in any order
 * @param blended batches that see-through materials need drawn from the back to the front
 * @param transforms of all batches' instances, one after the other
 */
record DrawList(List<Batch> opaque, List<Batch> blended, List<MemorySegment> transforms) {

  /** Some triangles of a mesh with one material, once or many times. */
  record Batch(
      int meshId,
      int firstIndex,
      int indexCount,
      int materialPlace,
      int firstInstance,
      int instanceCount,
      Vec3 center) {}

  /** A batch and how far away it is: worked out once, not at each comparison. */
  private record Distant(Batch batch, double distance) {}

  private record Kind(int meshId, int materialId) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return Comparator.comparingInt(Kind::meshId)
          .thenComparingInt(Kind::materialId)
          .compare(this, other);
    }
  }

  static DrawList of(SceneState scene, MaterialTable materials) {
    var kinds = new TreeMap<Kind, List<Draw>>();
    for (var draw : scene.draws()) {
      if (draw.instanceCount() > 0) {
        kinds
            .computeIfAbsent(
                new Kind(draw.meshId(), draw.materialId()), unused -> new ArrayList<>(1))
            .add(draw);
      }
    }
    var list = new DrawList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int firstInstance = 0;
    for (var kind : kinds.entrySet()) {
      var mesh = scene.meshes().get(kind.getKey().meshId());
      if (mesh != null) {
        firstInstance = list.add(mesh, kind.getKey(), kind.getValue(), materials, firstInstance);
      }
    }
    return list;
  }

  private int add(
      SceneState.Mesh mesh,
      Kind kind,
      List<Draw> draws,
      MaterialTable materials,
      int firstInstance) {
    int instances = 0;
    for (var draw : draws) {
      transforms.add(draw.transforms());
      instances += draw.instanceCount();
    }
    Vec3 center = center(draws);
    for (var part : parts(mesh)) {
      int materialId =
          part.materialId() == MaterialData.NONE ? kind.materialId() : part.materialId();
      var material = materials.material(materialId);
      var batch =
          new Batch(
              kind.meshId(),
              part.firstIndex(),
              part.indexCount(),
              materials.place(materialId),
              firstInstance,
              instances,
              center);
      if (material.opacityThreshold() > 0) {
        if (material.opacity() >= material.opacityThreshold()) {
          opaque.add(batch);
        }
      } else if (material.opacity() < 1) {
        blended.add(batch);
      } else {
        opaque.add(batch);
      }
    }
    return firstInstance + instances;
  }

  private static List<MeshPart> parts(SceneState.Mesh mesh) {
    return mesh.parts().isEmpty()
        ? List.of(new MeshPart(0, mesh.indexCount(), MaterialData.NONE))
        : mesh.parts();
  }

  private static Vec3 center(List<Draw> draws) {
    return draws.stream()
        .map(Draw::bounds)
        .flatMap(Optional::stream)
        .reduce(Bounds::union)
        .map(Bounds::center)
        .orElse(Vec3.ZERO);
  }

  /** The bytes of all transforms. */
  long transformBytes() {
    return transforms.stream().mapToLong(MemorySegment::byteSize).sum();
  }

  /** The opaque batches, the nearest to the eye first: what they hide need not be shaded. */
  List<Batch> opaqueFrom(Vec3 eye) {
    return sorted(opaque, eye, Comparator.comparingDouble(Distant::distance));
  }

  /** The see-through batches, the furthest from the eye first. */
  List<Batch> blendedFrom(Vec3 eye) {
    return sorted(blended, eye, Comparator.comparingDouble(Distant::distance).reversed());
  }

  private static List<Batch> sorted(List<Batch> batches, Vec3 eye, Comparator<Distant> order) {
    return batches.stream()
        .map(batch -> new Distant(batch, batch.center().minus(eye).length()))
        .sorted(order)
        .map(Distant::batch)
        .toList();
  }
}
