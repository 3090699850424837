package dev.vitrine.runtime.engine.scene;

/**
 * Some triangles of a mesh with a material of their own (a UsdGeomSubset).
 *
 * @param firstIndex where the part begins in the mesh's indices, a multiple of 3
 * @param indexCount how many indices it has, a multiple of 3
 * @param materialId a material's id, or {@link MaterialData#NONE} for the draw's own
 */
public record MeshPart(int firstIndex, int indexCount, int materialId) {

  public MeshPart {
    if (firstIndex < 0 || indexCount < 0 || firstIndex % 3 != 0 || indexCount % 3 != 0) {
      throw new IllegalArgumentException(
          "a mesh part needs whole triangles, but begins at index %d and has %d"
              .formatted(firstIndex, indexCount));
    }
    MaterialData.requireIdOrNone(materialId, "mesh part");
  }
}
