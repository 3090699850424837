package dev.vitrine.runtime.engine.scene;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Triangles of one mesh. The segments are little-endian views that the renderer reads while it
 * applies the update and never afterwards; an index beyond the vertices is refused here.
 *
 * @param id the mesh's id, not negative; a later mesh with the same id replaces this one
 * @param positions three floats a vertex
 * @param normals three floats a vertex
 * @param uvs two floats a vertex, from the bottom left; absent if the mesh has none
 * @param colors three floats a vertex (displayColor, linear); absent if the mesh has none
 * @param indices three unsigned 32-bit vertex numbers a triangle
 * @param parts which triangles have which material; empty: all have the draw's
 * @param bounds a box around all positions
 * @param doubleSided whether the surface was authored to be seen from behind as well
 */
public record MeshData(
    int id,
    MemorySegment positions,
    MemorySegment normals,
    @Nullable MemorySegment uvs,
    @Nullable MemorySegment colors,
    MemorySegment indices,
    List<MeshPart> parts,
    Bounds bounds,
    boolean doubleSided) {

  private static final ValueLayout.OfInt INDEX =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public MeshData {
    if (id < 0) {
      throw new IllegalArgumentException("a mesh's id must not be negative, but is " + id);
    }
    parts = List.copyOf(parts);
    requireFloats(bounds.min(), id);
    requireFloats(bounds.max(), id);
    int vertices = count(positions, 12, id, "positions");
    requireSize(normals, 12, vertices, id, "normals");
    if (uvs != null) {
      requireSize(uvs, 8, vertices, id, "uvs");
    }
    if (colors != null) {
      requireSize(colors, 12, vertices, id, "colors");
    }
    int indexCount = count(indices, 4, id, "indices");
    requireIndices(indices, indexCount, vertices, id);
    for (var part : parts) {
      if ((long) part.firstIndex() + part.indexCount() > indexCount) {
        throw new IllegalArgumentException(
            "mesh %d: the part at index %d with %d indices reaches beyond the mesh's %d"
                .formatted(id, part.firstIndex(), part.indexCount(), indexCount));
      }
    }
  }

  public int vertexCount() {
    return (int) (positions.byteSize() / 12);
  }

  public int indexCount() {
    return (int) (indices.byteSize() / 4);
  }

  private static void requireFloats(Vec3 corner, int id) {
    double furthest =
        Math.max(Math.abs(corner.x()), Math.max(Math.abs(corner.y()), Math.abs(corner.z())));
    if (furthest > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "mesh %d: its bounds reach to %s, where no vertex can be".formatted(id, corner));
    }
  }

  private static int count(MemorySegment segment, int stride, int id, String name) {
    long bytes = segment.byteSize();
    if (bytes % stride != 0 || bytes / stride > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "mesh %d: %d bytes of %s are no whole number of %d-byte elements within 2^31-1"
              .formatted(id, bytes, name, stride));
    }
    return (int) (bytes / stride);
  }

  private static void requireSize(
      MemorySegment segment, int stride, int vertices, int id, String name) {
    if (segment.byteSize() != (long) stride * vertices) {
      throw new IllegalArgumentException(
          "mesh %d: %s need %d bytes for %d vertices, but have %d"
              .formatted(id, name, (long) stride * vertices, vertices, segment.byteSize()));
    }
  }

  private static void requireIndices(MemorySegment indices, int count, int vertices, int id) {
    if (count % 3 != 0) {
      throw new IllegalArgumentException(
          "mesh %d: %d indices are no whole number of triangles".formatted(id, count));
    }
    for (long at = 0; at < count; at++) {
      int index = indices.get(INDEX, at * 4);
      if (Integer.compareUnsigned(index, vertices) >= 0) {
        throw new IllegalArgumentException(
            "mesh %d: index %s at place %d is out of range for %d vertices"
                .formatted(id, Integer.toUnsignedString(index), at, vertices));
      }
    }
  }
}
