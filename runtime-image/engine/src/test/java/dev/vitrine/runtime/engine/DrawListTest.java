package dev.vitrine.runtime.engine;

import static dev.vitrine.runtime.engine.TestScenes.at;
import static dev.vitrine.runtime.engine.TestScenes.cube;
import static dev.vitrine.runtime.engine.TestScenes.draw;
import static dev.vitrine.runtime.engine.TestScenes.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DrawListTest {

  private final DrawList list = fiveEqualCubes();

  @Test
  void equal_prims_go_in_one_batch() {
    assertThat(only("/A", "/B", "/C", "/D", "/E")).containsExactly(tuple(0, 6));
  }

  @Test
  void wanted_prims_that_follow_one_another_go_in_one_batch() {
    assertThat(only("/A", "/B", "/C")).containsExactly(tuple(0, 4));
    assertThat(only("/A", "/C", "/D")).containsExactly(tuple(0, 1), tuple(3, 2));
    assertThat(only("/E")).containsExactly(tuple(5, 1));
    assertThat(only("/Nowhere")).isEmpty();
  }

  private List<Tuple> only(String... prims) {
    var wanted = Set.of(prims);
    return list.only((owner, seeThrough) -> wanted.contains(owner)).opaque().stream()
        .map(batch -> tuple(batch.firstInstance(), batch.instanceCount()))
        .toList();
  }

  /** The second one twice. */
  private static DrawList fiveEqualCubes() {
    var scene = new SceneState();
    scene.apply(
        snapshot(
            List.of(cube(1)),
            List.of(MaterialData.plain(1, Vec3.ONE)),
            List.of(
                draw("/A", 1, 1, at(0, 0, 0)),
                draw("/B", 1, 1, at(1, 0, 0), at(2, 0, 0)),
                draw("/C", 1, 1, at(3, 0, 0)),
                draw("/D", 1, 1, at(4, 0, 0)),
                draw("/E", 1, 1, at(5, 0, 0)))));
    return DrawList.of(scene, new MaterialTable(scene.materials()));
  }
}
