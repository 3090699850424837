package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Materials as the shaders take them; the first is for surfaces without one. */
final class MaterialTable {

  /** Words of one material: the push constants of frame.glsl. */
  static final int WORDS = 12;

  /** Far beyond white, and finite in every sum of the shaders. */
  private static final double BRIGHTEST = 65504;

  private static final MaterialData UNBOUND =
      new MaterialData(0, Vec3.ONE, true, 0, 0.6, Vec3.ZERO, 1, 0);

  private final Map<Integer, MaterialData> materials;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<int[]> words = new ArrayList<>();

  MaterialTable(Map<Integer, MaterialData> materials) {
    this.materials = Map.copyOf(materials);
    words.add(words(UNBOUND));
    for (var material : materials.values()) {
      places.put(material.id(), words.size());
      words.add(words(material));
    }
  }

  /** A material's place, or that of what stands in for {@link MaterialData#NONE}. */
  int place(int materialId) {
    return places.getOrDefault(materialId, 0);
  }

  MaterialData material(int materialId) {
    return materials.getOrDefault(materialId, UNBOUND);
  }

  int[] words(int place) {
    return words.get(place);
  }

  private static int[] words(MaterialData material) {
    var base = material.baseColor();
    var emissive = material.emissive();
    // A perfect mirror would show a light as a single point, which no pixel hits.
    double alpha = Math.max(material.roughness() * material.roughness(), 0.01);
    return new int[] {
      bits(base.x()),
      bits(base.y()),
      bits(base.z()),
      bits(material.opacityThreshold() > 0 ? 1 : material.opacity()),
      bits(emissive.x()),
      bits(emissive.y()),
      bits(emissive.z()),
      bits(material.vertexColored() ? 1 : 0),
      bits(material.metallic()),
      bits(material.roughness()),
      bits(alpha),
      0
    };
  }

  private static int bits(double value) {
    return Float.floatToRawIntBits((float) Math.min(value, BRIGHTEST));
  }
}
