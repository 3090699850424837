package dev.vitrine.runtime.engine;

import static dev.vitrine.runtime.engine.TestScenes.at;
import static dev.vitrine.runtime.engine.TestScenes.cube;
import static dev.vitrine.runtime.engine.TestScenes.draw;
import static dev.vitrine.runtime.engine.TestScenes.replaced;
import static dev.vitrine.runtime.engine.TestScenes.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SceneStateTest {

  private final SceneState scene = new SceneState();

  @BeforeEach
  void twoBoxesAndTheirNeighbour() {
    scene.apply(
        snapshot(
            List.of(cube(1)),
            List.of(MaterialData.plain(1, Vec3.ONE)),
            List.of(
                draw("/World/Box", 1, 1, at(0, 0, 0)),
                draw("/World/Box/Lid", 1, MaterialData.NONE, at(0, 2, 0)),
                draw("/World/Boxes", 1, 1, at(9, 0, 0), at(10, 0, 0)))));
  }

  @Test
  void a_replaced_prim_takes_those_below_it_along_but_not_its_neighbour() {
    scene.apply(replaced("/World/Box"));
    assertThat(scene.draws()).hasSize(1);
    assertThat(scene.bounds("/").orElseThrow().min().x()).isEqualTo(8.5);
  }

  @Test
  void a_moved_prim_is_a_replaced_one() {
    scene.apply(replaced("/World/Box/Lid", draw("/World/Box/Lid", 1, 1, at(0, 5, 0))));
    assertThat(scene.draws()).hasSize(3);
    assertThat(scene.bounds("/World/Box").orElseThrow().max().y()).isEqualTo(5.5);
  }

  @Test
  void a_prim_is_drawn_if_anything_at_or_below_it_is() {
    assertThat(List.of("/", "/World", "/World/Box", "/World/Box/Lid")).allMatch(scene::isDrawn);
    assertThat(List.of("/World/Bo", "/World/Boxes/Lid", "/Worlds")).noneMatch(scene::isDrawn);
  }

  @Test
  void an_unknown_mesh_is_refused_and_nothing_changes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scene.apply(replaced("/", draw("/World/New", 7, 1, at(0, 0, 0)))))
        .withMessage("/World/New draws mesh 7, which is not there");
    assertThat(scene.draws()).hasSize(3);
  }

  @Test
  void an_unknown_material_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scene.apply(replaced("/", draw("/World/New", 1, 5, at(0, 0, 0)))))
        .withMessage("/World/New has material 5, which is not there");
  }

  @Test
  void a_mesh_that_is_still_drawn_is_not_removed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scene.apply(removal("/World/Box")))
        .withMessageContaining("mesh 1 is removed but still drawn");
    scene.apply(removal("/World"));
    assertThat(scene.meshes()).isEmpty();
    assertThat(scene.bounds("/")).isEmpty();
  }

  @Test
  void equal_meshes_with_equal_materials_are_drawn_in_one_go() {
    var list = DrawList.of(scene, new MaterialTable(scene.materials()));
    assertThat(list.opaque()).extracting(DrawList.Batch::instanceCount).containsExactly(1, 3);
    assertThat(list.opaque()).extracting(DrawList.Batch::firstInstance).containsExactly(0, 1);
    assertThat(list.transformBytes()).isEqualTo(4 * 64);
  }

  private static SceneDelta removal(String prim) {
    return new SceneDelta(
        List.of(prim), List.of(1), List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
