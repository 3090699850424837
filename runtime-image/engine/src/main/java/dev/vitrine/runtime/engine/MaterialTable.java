package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** Materials in the order the shaders find them; the first is for surfaces without one. */
final class MaterialTable {

  /** Three vec4, as frame.glsl has them. */
  private static final int FLOATS = 12;

  /** The largest value that keeps lit colours finite in half floats, and far beyond white. */
  private static final double BRIGHTEST = 65504;

  private static final MaterialData UNBOUND =
      new MaterialData(0, Vec3.ONE, true, 0, 0.6, Vec3.ZERO, 1, 0);

  private final Map<Integer, Integer> places = new HashMap<>();
  private final Map<Integer, MaterialData> materials;
  private final float[] data;

  MaterialTable(Map<Integer, MaterialData> materials) {
    this.materials = materials;
    this.data = new float[(materials.size() + 1) * FLOATS];
    write(0, UNBOUND);
    int place = 1;
    for (var material : materials.values()) {
      places.put(material.id(), place);
      write(place++, material);
    }
  }

  /** Where the shaders find a material, or what stands in for {@link MaterialData#NONE}. */
  int place(int materialId) {
    return places.getOrDefault(materialId, 0);
  }

  MaterialData material(int materialId) {
    return materials.getOrDefault(materialId, UNBOUND);
  }

  MemorySegment data() {
    return MemorySegment.ofArray(data);
  }

  private void write(int place, MaterialData material) {
    int at = place * FLOATS;
    writeColor(at, material.baseColor());
    data[at + 3] = material.opacityThreshold() > 0 ? 1 : (float) material.opacity();
    writeColor(at + 4, material.emissive());
    data[at + 7] = material.vertexColored() ? 1 : 0;
    data[at + 8] = (float) material.metallic();
    data[at + 9] = (float) material.roughness();
  }

  private void writeColor(int at, Vec3 color) {
    data[at] = (float) Math.min(color.x(), BRIGHTEST);
    data[at + 1] = (float) Math.min(color.y(), BRIGHTEST);
    data[at + 2] = (float) Math.min(color.z(), BRIGHTEST);
  }
}
