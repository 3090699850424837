package dev.vitrine.runtime.engine;

import static dev.vitrine.runtime.engine.TestScenes.at;
import static dev.vitrine.runtime.engine.TestScenes.cube;
import static dev.vitrine.runtime.engine.TestScenes.cubeOf;
import static dev.vitrine.runtime.engine.TestScenes.draw;
import static dev.vitrine.runtime.engine.TestScenes.replaced;
import static dev.vitrine.runtime.engine.TestScenes.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which prim is where in the picture, and the line around those that are outlined. */
class PickingGpuIT {

  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final PictureArea ALL = new PictureArea(0, 0, 320, 180);
  private static final Vec3 RED = new Vec3(0.8, 0.02, 0.02);
  private static final Matrix4 FLAT =
      Matrix4.ofColumns(4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0.1, 0, 0, 0, 1.5, 1);

  /** 1 is red, 2 glass, 3 cut away, 4 without any opacity. */
  private static final List<MaterialData> MATERIALS =
      List.of(
          MaterialData.plain(1, RED),
          new MaterialData(2, Vec3.ONE, false, 0, 0.5, Vec3.ZERO, 0.1, 0),
          new MaterialData(3, Vec3.ONE, false, 0, 0.5, Vec3.ZERO, 0.1, 0.5),
          new MaterialData(4, Vec3.ONE, false, 0, 0.5, Vec3.ZERO, 0, 0));

  /** Along -z from five units away: a unit at the origin is 18 pixels. */
  private static final Camera CAMERA =
      new Camera(new Vec3(0, 0, 5), new Vec3(0, 0, -1), new Vec3(0, 1, 0), Math.PI / 2, 0.1, 1000);

  private static Renderer renderer;

  @BeforeAll
  static void open() {
    renderer = Renderer.create(new RendererOptions(true, 64 << 20, 2));
  }

  @AfterAll
  static void close() {
    renderer.close();
  }

  @AfterEach
  void theValidationLayerHasNothingToSay() {
    renderer.outline(List.of());
    assertThat(renderer.validationMessages()).isEmpty();
  }

  @Test
  void the_nearest_prim_is_picked_and_beside_it_nothing() {
    renderer.apply(scene(draw("/Near", 1, 1, at(0, 0, 2)), draw("/Far", 1, 1, at(0, 0, 0))));
    assertThat(seen(160, 90)).containsExactly("/Near");
    assertThat(seen(10, 90)).isEmpty();
  }

  @Test
  void equal_draws_of_different_prims_are_told_apart_and_so_is_every_instance() {
    renderer.apply(
        scene(
            draw("/Left", 1, 1, at(-4, 0, 0)),
            draw("/Many", 1, 1, at(-2, 0, 0), at(0, 0, 0), at(2, 0, 0)),
            draw("/Right", 1, 1, at(4, 0, 0))));
    assertThat(IntStream.of(-4, -2, 0, 2, 4).mapToObj(x -> seen(160 + 18 * x, 90)))
        .containsExactly(
            List.of("/Left"),
            List.of("/Many"),
            List.of("/Many"),
            List.of("/Many"),
            List.of("/Right"));
  }

  @Test
  void an_area_gives_every_prim_that_is_seen_in_it_and_none_that_is_hidden() {
    renderer.apply(
        scene(
            draw("/B", 1, 1, at(2, 0, 0)),
            draw("/A", 1, 1, at(0, 0, 2)),
            draw("/Hidden", 1, 1, at(0, 0, 0)),
            draw("/Elsewhere", 1, 1, at(-5, 0, 0))));
    assertThat(pick(new PictureArea(140, 60, 100, 60))).containsExactly("/A", "/B");
  }

  @Test
  void outside_of_the_picture_there_is_nothing() {
    renderer.apply(cubeOf(RED));
    assertThat(pick(new PictureArea(320, 90, 1, 1))).isEmpty();
    assertThat(pick(new PictureArea(-20, -20, 10, 10))).isEmpty();
    assertThat(pick(new PictureArea(-1000, -1000, 5000, 5000))).containsExactly("/World/Cube");
  }

  @Test
  void a_see_through_prim_is_picked_and_lets_a_pick_through_where_it_may_not_be() {
    renderer.apply(scene(draw("/Glass", 1, 2, FLAT), draw("/Cup", 1, 1, at(0, 0, 0))));
    assertThat(seen(160, 90)).containsExactly("/Glass");
    assertThat(cupOnly()).containsExactly("/Cup");
  }

  @Test
  void of_surfaces_that_lie_in_one_another_the_one_is_picked_that_the_picture_shows() {
    renderer.apply(
        snapshot(
            List.of(cube(1), cube(2)),
            MATERIALS,
            List.of(draw("/Pane", 1, 2, FLAT), draw("/Wall", 2, 1, FLAT))));
    assertThat(seen(160, 90)).containsExactly("/Wall");
  }

  @Test
  void what_may_not_be_picked_hides_what_is_behind_it() {
    renderer.apply(scene(draw("/Wall", 1, 1, FLAT), draw("/Cup", 1, 1, at(0, 0, 0))));
    assertThat(cupOnly()).isEmpty();
  }

  @Test
  void what_is_cut_away_or_cannot_be_seen_at_all_is_not_picked() {
    renderer.apply(
        scene(
            draw("/CutAway", 1, 3, FLAT),
            draw("/Air", 1, 4, FLAT),
            draw("/Cup", 1, 1, at(0, 0, 0))));
    assertThat(seen(160, 90)).containsExactly("/Cup");
  }

  @Test
  void a_pick_after_an_edit_sees_the_scene_as_it_is_then() {
    renderer.apply(cubeOf(RED));
    assertThat(seen(160, 90)).containsExactly("/World/Cube");
    renderer.apply(replaced("/World/Cube", draw("/World/Cube", 1, 1, at(5, 0, 0))));
    assertThat(seen(160, 90)).isEmpty();
    assertThat(seen(160 + 90, 90)).containsExactly("/World/Cube");
  }

  @Test
  void a_pick_leaves_the_next_picture_as_it_is_without() {
    renderer.apply(TestScenes.gallery());
    var before = luma();
    pick(ALL);
    assertThat(luma()).isEqualTo(before);
  }

  @Test
  void an_outline_changes_the_picture_close_to_the_silhouette_only() {
    renderer.apply(cubeOf(RED));
    var plain = luma();
    renderer.outline(List.of("/World/Cube"));
    var outlined = luma();
    // The cube's near face is 20 pixels wide: from 150 to 169, from 80 to 99.
    assertThat(changed(plain, outlined))
        .isNotEmpty()
        .allMatch(place -> ring(place, 12) && !ring(place, 8));
    renderer.outline(List.of());
    assertThat(luma()).isEqualTo(plain);
  }

  @Test
  void an_outline_is_orange_and_lies_over_what_hides_the_prim() {
    renderer.apply(scene(draw("/Wall", 1, 1, FLAT), draw("/Cup", 1, 1, at(0, 0, 0))));
    renderer.outline(List.of("/Cup"));
    try (var picture = renderer.render(CAMERA, SIZE)) {
      var line = DecodedPixel.at(picture, 149, 90, ColorMatrix.BT709);
      assertThat(line.red()).isGreaterThan(200);
      assertThat(line.green()).isBetween(100.0, 200.0);
      assertThat(line.blue()).isLessThan(110);
    }
  }

  @Test
  void a_prim_is_outlined_with_all_below_it_and_after_an_edit_where_it_is_then() {
    renderer.apply(
        scene(
            draw("/Set/A", 1, 1, at(-3, 0, 0)),
            draw("/Set/B", 1, 1, at(3, 0, 0)),
            draw("/Other", 1, 1, at(0, 0, 0))));
    renderer.outline(List.of());
    var plain = luma();
    renderer.outline(List.of("/Set", "/NotThere"));
    assertThat(changed(plain, luma()))
        .anyMatch(place -> place % 320 < 120)
        .anyMatch(place -> place % 320 > 200)
        .noneMatch(place -> ring(place, 14));
    renderer.apply(replaced("/Set"));
    renderer.apply(replaced("/Set", draw("/Set/A", 1, 1, at(0, 3, 0))));
    assertThat(isOrange(160, 19)).isTrue();
  }

  @Test
  void a_prim_behind_the_eye_or_around_it_is_no_trouble() {
    renderer.apply(scene(draw("/Behind", 1, 1, at(0, 0, 30)), draw("/Around", 1, 1, at(0, 0, 5))));
    var plain = luma();
    renderer.outline(List.of("/Behind", "/Around"));
    // The one is not in the picture, and the other has no edge there.
    assertThat(changed(plain, luma())).isEmpty();
    assertThat(seen(160, 90)).containsExactly("/Around");
  }

  @Test
  void a_rubber_band_is_a_white_frame() {
    renderer.apply(cubeOf(RED));
    var band = new PictureArea(100, 50, 120, 80);
    var options = new PictureOptions(ColorMatrix.BT709, null, band);
    try (var picture = renderer.render(CAMERA, SIZE, options)) {
      for (var corner : List.of(new int[] {100, 50}, new int[] {219, 129}, new int[] {219, 50})) {
        var pixel = DecodedPixel.at(picture, corner[0], corner[1], ColorMatrix.BT709);
        assertThat(List.of(pixel.red(), pixel.green(), pixel.blue()))
            .allMatch(level -> level > 250);
      }
      assertThat(DecodedPixel.at(picture, 160, 90, ColorMatrix.BT709).green()).isLessThan(100);
    }
  }

  /** Draws of one cube. */
  private static SceneSnapshot scene(DrawData... draws) {
    return snapshot(List.of(cube(1)), MATERIALS, List.of(draws));
  }

  private static List<String> seen(int x, int y) {
    return pick(new PictureArea(x, y, 1, 1));
  }

  private static List<String> pick(PictureArea area) {
    return renderer.pick(CAMERA, SIZE, area, prim -> true);
  }

  private static List<String> cupOnly() {
    return renderer.pick(CAMERA, SIZE, new PictureArea(160, 90, 1, 1), "/Cup"::equals);
  }

  private static byte[] luma() {
    try (var picture = renderer.render(CAMERA, SIZE)) {
      var levels = new byte[SIZE.width() * SIZE.height()];
      picture.luma().get(levels);
      return levels;
    }
  }

  private static List<Integer> changed(byte[] before, byte[] after) {
    return IntStream.range(0, before.length).filter(i -> before[i] != after[i]).boxed().toList();
  }

  /** Whether a pixel lies within so many of the middle, in both directions. */
  private static boolean ring(int place, int reach) {
    return Math.abs(place % 320 - 160) <= reach && Math.abs(place / 320 - 90) <= reach;
  }

  private static boolean isOrange(int x, int y) {
    try (var picture = renderer.render(CAMERA, SIZE)) {
      var pixel = DecodedPixel.at(picture, x, y, ColorMatrix.BT709);
      return pixel.red() > 200 && pixel.green() > 100 && pixel.blue() < 110;
    }
  }
}
