package dev.vitrine.runtime.stage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.MeshPart;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment file; {@code segment.py} of the Python package defines its format. The process
 * that wrote it is not trusted: every offset and count is checked against the file's size.
 */
final class SegmentReader {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private static final long MAGIC = 0x3147455352544956L; // "VITRSEG1" as a little-endian number
  private static final int HEADER_BYTES = 64;
  private static final int MESH_BYTES = 96;
  private static final int PART_BYTES = 12;
  private static final int DRAW_BYTES = 24;
  private static final int MATRIX_BYTES = 64;
  private static final int DOUBLE_SIDED = 1;

  private final MemorySegment file;

  private SegmentReader(MemorySegment file) {
    this.file = file;
  }

  /**
   * What a segment holds; the scene's arrays are views of {@code file}.
   *
   * @throws SegmentException if the file contradicts its format, and for nothing else
   */
  static SegmentContent read(MemorySegment file) throws SegmentException {
    try {
      return new SegmentReader(file).content();
    } catch (IllegalArgumentException invalid) {
      throw new SegmentException("a record is invalid: " + invalid.getMessage(), invalid);
    }
  }

  private SegmentContent content() throws SegmentException {
    if (file.byteSize() < HEADER_BYTES || file.get(LONG, 0) != MAGIC) {
      throw new SegmentException("it is not a segment file");
    }
    if (file.get(LONG, 8) != file.byteSize()) {
      throw new SegmentException("it is not as long as its header says");
    }
    var meshes = table(16, MESH_BYTES, "meshes");
    var draws = table(32, DRAW_BYTES, "draws");
    var document = SceneDocument.parse(table(48, 1, "document"));
    var materials = document.materials();
    return new SegmentContent(
        new SceneSnapshot(
            document.upAxis(),
            document.metersPerUnit(),
            meshes(meshes, materials),
            materials,
            draws(draws, document.owners(), (int) (meshes.byteSize() / MESH_BYTES), materials),
            document.lights(),
            document.cameras()),
        document.warnings());
  }

  private List<MeshData> meshes(MemorySegment table, List<MaterialData> materials)
      throws SegmentException {
    var meshes = new ArrayList<MeshData>();
    for (long at = 0; at < table.byteSize(); at += MESH_BYTES) {
      int id = meshes.size();
      long vertices = unsigned(table, at + 4);
      long indices = unsigned(table, at + 8);
      long parts = unsigned(table, at + 12);
      meshes.add(
          new MeshData(
              id,
              required(table, at + 16, vertices, 12, "positions"),
              required(table, at + 24, vertices, 12, "normals"),
              optional(table, at + 32, vertices, 8, "texture coordinates"),
              optional(table, at + 40, vertices, 12, "colors"),
              required(table, at + 48, indices, 4, "indices"),
              parts(optional(table, at + 56, parts, PART_BYTES, "parts"), materials),
              new Bounds(point(table, at + 64), point(table, at + 76)),
              (table.get(INT, at) & DOUBLE_SIDED) != 0));
    }
    return meshes;
  }

  private static List<MeshPart> parts(@Nullable MemorySegment table, List<MaterialData> materials)
      throws SegmentException {
    var parts = new ArrayList<MeshPart>();
    for (long at = 0; table != null && at < table.byteSize(); at += PART_BYTES) {
      int material = knownMaterial(table.get(INT, at + 8), materials);
      parts.add(new MeshPart(table.get(INT, at), table.get(INT, at + 4), material));
    }
    return parts;
  }

  private List<DrawData> draws(
      MemorySegment table, List<String> owners, int meshCount, List<MaterialData> materials)
      throws SegmentException {
    var draws = new ArrayList<DrawData>();
    for (long at = 0; at < table.byteSize(); at += DRAW_BYTES) {
      int mesh = row(table.get(INT, at), meshCount, "mesh");
      int material = knownMaterial(table.get(INT, at + 4), materials);
      String owner = owners.get(row(table.get(INT, at + 12), owners.size(), "owner"));
      var transforms =
          required(table, at + 16, unsigned(table, at + 8), MATRIX_BYTES, "transforms");
      draws.add(new DrawData(owner, mesh, material, transforms));
    }
    return draws;
  }

  /** The array that an offset and a count in the header describe. */
  private MemorySegment table(long at, int elementBytes, String name) throws SegmentException {
    return slice(file.get(LONG, at), file.get(LONG, at + 8), elementBytes, name);
  }

  private MemorySegment required(
      MemorySegment table, long offsetAt, long count, int elementBytes, String name)
      throws SegmentException {
    return slice(table.get(LONG, offsetAt), count, elementBytes, name);
  }

  private @Nullable MemorySegment optional(
      MemorySegment table, long offsetAt, long count, int elementBytes, String name)
      throws SegmentException {
    long offset = table.get(LONG, offsetAt);
    return offset == 0 ? null : slice(offset, count, elementBytes, name);
  }

  private MemorySegment slice(long offset, long count, int elementBytes, String name)
      throws SegmentException {
    long size = file.byteSize();
    boolean fits =
        offset >= 0 && offset <= size && count >= 0 && count <= (size - offset) / elementBytes;
    if (!fits || (count > 0 && offset < HEADER_BYTES)) {
      throw new SegmentException("the %s lie outside of the file".formatted(name));
    }
    return file.asSlice(offset, count * elementBytes);
  }

  private static int knownMaterial(int material, List<MaterialData> materials)
      throws SegmentException {
    return material == MaterialData.NONE ? material : row(material, materials.size(), "material");
  }

  private static int row(int number, int count, String name) throws SegmentException {
    if (number < 0 || number >= count) {
      throw new SegmentException("there is no %s %d".formatted(name, number));
    }
    return number;
  }

  private static long unsigned(MemorySegment table, long at) {
    return Integer.toUnsignedLong(table.get(INT, at));
  }

  private static Vec3 point(MemorySegment table, long at) {
    return new Vec3(table.get(FLOAT, at), table.get(FLOAT, at + 4), table.get(FLOAT, at + 8));
  }
}
