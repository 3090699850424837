package dev.vitrine.runtime.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeshDataTest {

  private static final Bounds UNIT = new Bounds(Vec3.ZERO, Vec3.ONE);

  @Test
  void an_index_beyond_the_vertices_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh(9, 9, new int[] {0, 1, 3}, List.of()))
        .withMessageContaining("index 3 at place 2 is out of range for 3 vertices");
  }

  @Test
  void an_index_above_two_to_the_31_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh(9, 9, new int[] {0, 1, -1}, List.of()))
        .withMessageContaining("index 4294967295");
  }

  @Test
  void normals_of_another_length_than_the_positions_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh(9, 6, new int[] {0, 1, 2}, List.of()))
        .withMessageContaining("normals need 36 bytes for 3 vertices, but have 24");
  }

  @Test
  void a_part_beyond_the_indices_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh(9, 9, new int[] {0, 1, 2}, List.of(new MeshPart(3, 3, 0))))
        .withMessageContaining("reaches beyond the mesh's 3");
  }

  @Test
  void half_a_triangle_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mesh(9, 9, new int[] {0, 1}, List.of()))
        .withMessageContaining("no whole number of triangles");
  }

  @Test
  void any_indices_are_either_in_range_or_refused() {
    var random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      var indices = random.ints(6, -2, 6).toArray();
      boolean inRange = java.util.Arrays.stream(indices).allMatch(index -> index >= 0 && index < 3);
      boolean accepted;
      try {
        mesh(9, 9, indices, List.of());
        accepted = true;
      } catch (IllegalArgumentException e) {
        accepted = false;
      }
      assertThat(accepted).isEqualTo(inRange);
    }
  }

  @Test
  void a_transform_that_is_not_finite_is_refused() {
    var floats = new float[32];
    floats[20] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DrawData("/Box", 0, 0, MemorySegment.ofArray(floats)))
        .withMessage("/Box: the transform of instance 1 is not finite");
  }

  private static MeshData mesh(
      int positionFloats, int normalFloats, int[] indices, List<MeshPart> parts) {
    return new MeshData(
        4,
        MemorySegment.ofArray(new float[positionFloats]),
        MemorySegment.ofArray(new float[normalFloats]),
        null,
        null,
        MemorySegment.ofArray(indices),
        parts,
        UNIT,
        false);
  }
}
