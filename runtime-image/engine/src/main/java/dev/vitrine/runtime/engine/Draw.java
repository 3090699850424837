package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A prim's draw with transforms of its own and the box it fills in the world. */
record Draw(
    String owner, int meshId, int materialId, MemorySegment transforms, Optional<Bounds> bounds) {

  static Draw of(DrawData data, Bounds meshBounds) {
    var transforms = MemorySegment.ofArray(new float[data.instanceCount() * 16]);
    transforms.copyFrom(data.transforms());
    return new Draw(
        data.owner(),
        data.meshId(),
        data.materialId(),
        transforms,
        worldBounds(transforms, meshBounds));
  }

  /** The same draw of a mesh that has become larger or smaller. */
  Draw within(Bounds meshBounds) {
    return new Draw(owner, meshId, materialId, transforms, worldBounds(transforms, meshBounds));
  }

  int instanceCount() {
    return (int) (transforms.byteSize() / Matrix4.FLOAT_BYTES);
  }

  private static Optional<Bounds> worldBounds(MemorySegment transforms, Bounds meshBounds) {
    Bounds all = null;
    for (long at = 0; at < transforms.byteSize(); at += Matrix4.FLOAT_BYTES) {
      var one = meshBounds.transformed(Matrix4.ofFloats(transforms, at));
      all = all == null ? one : all.union(one);
    }
    return Optional.ofNullable(all);
  }
}
