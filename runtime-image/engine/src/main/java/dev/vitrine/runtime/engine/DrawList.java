package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.MeshPart;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one picture draws, in order: equal meshes with equal materials in one go, whatever prims
 * they belong to.
 *
 * @param groups of equal meshes with equal materials
 * @param opaque batches in any order
 * @param blended batches that see-through materials need drawn from the back to the front
 * @param transforms of all batches' instances, one after the other
 */
record DrawList(
    List<Group> groups, List<Batch> opaque, List<Batch> blended, List<MemorySegment> transforms) {

  /** Nothing. */
  static final DrawList EMPTY = new DrawList(List.of(), List.of(), List.of(), List.of());

  /** Some triangles of a mesh with one material, once or many times. */
  record Batch(
      int meshId,
      int firstIndex,
      int indexCount,
      int materialPlace,
      int firstInstance,
      int instanceCount,
      Vec3 center) {}

  /** Some triangles of a mesh with one material that can be seen. */
  private record Surface(
      int meshId, int firstIndex, int indexCount, int materialPlace, boolean blended) {

    Batch batch(int firstInstance, int instanceCount, Vec3 center) {
      return new Batch(
          meshId, firstIndex, indexCount, materialPlace, firstInstance, instanceCount, center);
    }
  }

  /** Draws of one mesh with one material, whose instances follow one another. */
  private record Group(List<Surface> surfaces, List<Draw> draws, int firstInstance, Vec3 center) {}

  /** Which prims' batches are wanted. */
  interface Choice {
    boolean takes(String owner, boolean seeThrough);
  }

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
    var list =
        new DrawList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int firstInstance = 0;
    for (var kind : kinds.entrySet()) {
      var mesh = scene.meshes().get(kind.getKey().meshId());
      if (mesh != null) {
        var surfaces = surfaces(mesh, kind.getKey(), materials);
        var draws = kind.getValue();
        firstInstance = list.add(new Group(surfaces, draws, firstInstance, center(draws)));
      }
    }
    return list;
  }

  private int add(Group group) {
    int end = group.firstInstance();
    for (var draw : group.draws()) {
      transforms.add(draw.transforms());
      end += draw.instanceCount();
    }
    addBatches(group, (owner, seeThrough) -> true);
    groups.add(group);
    return end;
  }

  /** Wanted draws that follow one another go in one batch. */
  private void addBatches(Group group, Choice wanted) {
    for (var surface : group.surfaces()) {
      var batches = surface.blended() ? blended : opaque;
      int first = group.firstInstance();
      int count = 0;
      for (var draw : group.draws()) {
        if (wanted.takes(draw.owner(), surface.blended())) {
          count += draw.instanceCount();
          continue;
        }
        if (count > 0) {
          batches.add(surface.batch(first, count, group.center()));
        }
        first += count + draw.instanceCount();
        count = 0;
      }
      if (count > 0) {
        batches.add(surface.batch(first, count, group.center()));
      }
    }
  }

  private static List<Surface> surfaces(SceneState.Mesh mesh, Kind kind, MaterialTable materials) {
    var surfaces = new ArrayList<Surface>();
    for (var part : parts(mesh)) {
      int materialId =
          part.materialId() == MaterialData.NONE ? kind.materialId() : part.materialId();
      var material = materials.material(materialId);
      boolean cutOut = material.opacityThreshold() > 0;
      // What is cut away, or has no opacity at all, cannot be seen and is not there for a click.
      boolean seen =
          cutOut ? material.opacity() >= material.opacityThreshold() : material.opacity() > 0;
      if (seen) {
        surfaces.add(
            new Surface(
                kind.meshId(),
                part.firstIndex(),
                part.indexCount(),
                materials.place(materialId),
                !cutOut && material.opacity() < 1));
      }
    }
    return surfaces;
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

  /**
   * All batches, in an order in which the first at a place is the one that is seen there: of
   * surfaces that lie in one another, too.
   */
  List<Batch> seenFirstFrom(Vec3 eye) {
    var batches = new ArrayList<>(opaqueFrom(eye));
    batches.addAll(blendedFrom(eye).reversed());
    return batches;
  }

  /**
   * The same with the batches of some prims only, and the same numbers of instances.
   *
   * @param wanted decides which
   */
  DrawList only(Choice wanted) {
    var list = new DrawList(groups, new ArrayList<>(), new ArrayList<>(), transforms);
    groups.forEach(group -> list.addBatches(group, wanted));
    return list;
  }

  /** The prims that instances belong to, each by its first instance. */
  NavigableMap<Integer, String> owners() {
    var owners = new TreeMap<Integer, String>();
    for (var group : groups) {
      int firstInstance = group.firstInstance();
      for (var draw : group.draws()) {
        owners.put(firstInstance, draw.owner());
        firstInstance += draw.instanceCount();
      }
    }
    return owners;
  }

  private static List<Batch> sorted(List<Batch> batches, Vec3 eye, Comparator<Distant> order) {
    return batches.stream()
        .map(batch -> new Distant(batch, batch.center().minus(eye).length()))
        .sorted(order)
        .map(Distant::batch)
        .toList();
  }
}
