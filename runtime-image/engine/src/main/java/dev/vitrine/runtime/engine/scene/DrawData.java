package dev.vitrine.runtime.engine.scene;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One mesh drawn once or many times. The segment is a little-endian view that the renderer reads
 * while it applies the update and never afterwards.
 *
 * @param owner the absolute path of the prim that this draw belongs to, such as {@code /World/Box}
 * @param meshId the mesh
 * @param materialId the material of triangles without one of their own, or {@link
 *     MaterialData#NONE}
 * @param transforms local to world, sixteen finite floats an instance as {@link Matrix4} has them
 */
public record DrawData(String owner, int meshId, int materialId, MemorySegment transforms) {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public DrawData {
    PrimPaths.requireAbsolute(owner);
    if (meshId < 0) {
      throw new IllegalArgumentException(
          "%s: a mesh id must not be negative, but is %d".formatted(owner, meshId));
    }
    MaterialData.requireIdOrNone(materialId, owner);
    long bytes = transforms.byteSize();
    if (bytes % Matrix4.FLOAT_BYTES != 0 || bytes / Matrix4.FLOAT_BYTES > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s: %d bytes of transforms are no whole number of 64-byte matrices"
              .formatted(owner, bytes));
    }
    for (long at = 0; at < bytes; at += 4) {
      if (!Float.isFinite(transforms.get(FLOAT, at))) {
        throw new IllegalArgumentException(
            "%s: the transform of instance %d is not finite"
                .formatted(owner, at / Matrix4.FLOAT_BYTES));
      }
    }
  }

  public int instanceCount() {
    return (int) (transforms.byteSize() / Matrix4.FLOAT_BYTES);
  }
}
