package dev.vitrine.runtime.engine;

import static dev.vitrine.runtime.engine.TestScenes.at;
import static dev.vitrine.runtime.engine.TestScenes.cube;
import static dev.vitrine.runtime.engine.TestScenes.cubeOf;
import static dev.vitrine.runtime.engine.TestScenes.draw;
import static dev.vitrine.runtime.engine.TestScenes.replaced;
import static dev.vitrine.runtime.engine.TestScenes.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.camera.OrbitCamera;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RendererGpuIT {

  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final Vec3 RED = new Vec3(0.8, 0.02, 0.02);
  private static final Camera CAMERA = OrbitCamera.initial().camera();

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
    assertThat(renderer.validationMessages()).isEmpty();
  }

  @Test
  void a_red_cube_is_red_in_the_middle_and_not_in_the_corner() {
    renderer.apply(cubeOf(RED));
    assertThat(isRed(pixel(CAMERA, 160, 90))).isTrue();
    assertThat(isRed(pixel(CAMERA, 4, 4))).isFalse();
  }

  @Test
  void the_background_is_the_colour_that_was_asked_for() {
    renderer.apply(cubeOf(RED));
    renderer.show(new Look(new Vec3(1, 0, 0), 0, false));
    try {
      assertThat(isRed(pixel(CAMERA, 4, 4))).isTrue();
    } finally {
      renderer.show(Look.DEFAULT);
    }
    assertThat(isRed(pixel(CAMERA, 4, 4))).isFalse();
  }

  @Test
  void without_exposure_a_lit_thing_is_dark() {
    renderer.apply(cubeOf(RED));
    renderer.show(new Look(Look.DEFAULT.background(), -10, false));
    try {
      assertThat(isRed(pixel(CAMERA, 160, 90))).isFalse();
    } finally {
      renderer.show(Look.DEFAULT);
    }
  }

  @Test
  void vertex_colours_show_where_no_material_is_bound() {
    renderer.apply(
        snapshot(
            List.of(cube(1, RED)),
            List.of(),
            List.of(draw("/Cube", 1, MaterialData.NONE, Matrix4.IDENTITY))));
    assertThat(isRed(pixel(CAMERA, 160, 90))).isTrue();
  }

  @Test
  void another_camera_sees_another_picture() {
    renderer.apply(cubeOf(RED));
    assertThat(redPixels(OrbitCamera.initial().zoom(1).camera()))
        .isPositive()
        .isLessThan(redPixels(CAMERA) / 3);
  }

  @Test
  void every_instance_is_drawn_where_its_transform_says() {
    renderer.apply(
        snapshot(
            List.of(cube(1)),
            List.of(MaterialData.plain(1, RED)),
            List.of(draw("/Row", 1, 1, at(-3, 0, 0), at(0, 0, 0), at(3, 0, 0)))));
    var camera =
        OrbitCamera.facing(renderer.bounds().orElseThrow(), UpAxis.Y, SIZE.aspect())
            .orbit(30.0 / 360, -20.0 / 180)
            .camera();
    int runs = 0;
    try (var picture = renderer.render(camera, SIZE)) {
      boolean before = false;
      for (int x = 0; x < SIZE.width(); x++) {
        boolean red = isRed(DecodedPixel.at(picture, x, 90, ColorMatrix.BT709));
        runs += red && !before ? 1 : 0;
        before = red;
      }
    }
    assertThat(runs).isEqualTo(3);
  }

  @Test
  void a_delta_moves_and_removes_without_new_triangles() {
    renderer.apply(cubeOf(RED));
    long bytes = renderer.meshBytes();
    renderer.apply(replaced("/World/Cube", draw("/World/Cube", 1, 1, at(100, 0, 0))));
    assertThat(isRed(pixel(CAMERA, 160, 90))).isFalse();
    assertThat(renderer.meshBytes()).isEqualTo(bytes);
    renderer.apply(
        new SceneDelta(
            List.of("/World/Cube"),
            List.of(1),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
    assertThat(renderer.bounds()).isEmpty();
    assertThat(renderer.meshBytes()).isZero();
  }

  @Test
  void a_half_transparent_cube_lets_what_is_behind_it_through() {
    var glass = new MaterialData(2, Vec3.ONE, false, 0, 0.5, Vec3.ZERO, 0.1, 0);
    renderer.apply(
        snapshot(
            List.of(cube(1)),
            List.of(MaterialData.plain(1, RED), glass),
            List.of(
                draw("/Red", 1, 1, Matrix4.IDENTITY),
                draw(
                    "/Glass",
                    1,
                    2,
                    Matrix4.ofColumns(1.2, 0, 0, 0, 0, 1.2, 0, 0, 0, 0, 1.2, 0, 0, 0, 0, 1)))));
    assertThat(isRed(pixel(CAMERA, 160, 90))).isTrue();
  }

  @Test
  void lights_of_the_stage_replace_our_own() {
    var blueFromAbove =
        List.of(
            new LightData(
                "/Sun",
                LightData.Shape.DISTANT,
                new Vec3(0, 0, 1),
                1000,
                Matrix4.ofColumns(1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1)),
            new LightData("/Lamp", LightData.Shape.LOCAL, new Vec3(0, 0, 1), 10, at(0, 3, 0)));
    renderer.apply(
        new SceneSnapshot(
            UpAxis.Y,
            1,
            List.of(cube(1)),
            List.of(MaterialData.plain(1, Vec3.ONE)),
            List.of(draw("/Cube", 1, 1, Matrix4.IDENTITY)),
            blueFromAbove,
            List.of()));
    var top = pixel(CAMERA, 160, 50);
    assertThat(top.blue()).isGreaterThan(top.red() + 60);
  }

  @Test
  void an_emissive_colour_arrives_as_srgb_within_two_levels_in_both_matrices() {
    var linear = new Vec3(0.5, 0.1, 0.25);
    renderer.apply(
        snapshot(
            List.of(cube(1)),
            List.of(new MaterialData(1, Vec3.ZERO, false, 1, 1, linear, 1, 0)),
            List.of(draw("/Cube", 1, 1, Matrix4.IDENTITY))));
    for (var matrix : ColorMatrix.values()) {
      double red = encoded(linear.x());
      double green = encoded(linear.y());
      double blue = encoded(linear.z());
      double luma =
          matrix.red() * red + (1 - matrix.red() - matrix.blue()) * green + matrix.blue() * blue;
      try (var picture = renderer.render(CAMERA, SIZE, new PictureOptions(matrix, null, null))) {
        assertLevel(
            DecodedPixel.level(picture.luma(), picture.lumaStride(), 160, 90), 16 + 219 * luma);
        assertLevel(
            DecodedPixel.level(picture.chromaBlue(), picture.chromaStride(), 80, 45),
            128 + 112 * (blue - luma) / (1 - matrix.blue()));
        assertLevel(
            DecodedPixel.level(picture.chromaRed(), picture.chromaStride(), 80, 45),
            128 + 112 * (red - luma) / (1 - matrix.red()));
      }
    }
  }

  @Test
  void a_time_code_can_be_read_from_the_top_of_the_picture() {
    var code = new TimeCode(0xBEEF, 0x5A, true);
    var size = new PictureSize(1280, 720);
    try (var picture =
        renderer.render(CAMERA, size, new PictureOptions(ColorMatrix.BT709, code, null))) {
      long read = 0;
      for (int bar = 0; bar < TimeCode.BARS; bar++) {
        int level = DecodedPixel.level(picture.luma(), picture.lumaStride(), bar * 32 + 16, 16);
        read = read << 1 | (level > 128 ? 1 : 0);
      }
      assertThat(read).isEqualTo(code.bars());
    }
  }

  @Test
  void a_new_size_gives_planes_of_that_size_with_no_pixel_left_out() {
    renderer.apply(cubeOf(RED));
    for (var size : List.of(new PictureSize(16, 16), new PictureSize(638, 362), SIZE)) {
      try (var picture = renderer.render(CAMERA, size)) {
        assertThat(picture.size()).isEqualTo(size);
        assertThat(picture.luma().capacity()).isEqualTo(picture.lumaStride() * size.height());
        assertThat(
                DecodedPixel.level(
                    picture.luma(), picture.lumaStride(), size.width() - 1, size.height() - 1))
            .isBetween(16, 235);
        assertThat(
                isRed(
                    DecodedPixel.at(
                        picture, size.width() / 2, size.height() / 2, ColorMatrix.BT709)))
            .isTrue();
      }
    }
  }

  @Test
  void no_more_pictures_are_open_than_agreed() {
    var first = renderer.render(CAMERA, SIZE);
    var second = renderer.render(CAMERA, SIZE);
    assertThatIllegalStateException()
        .isThrownBy(() -> renderer.render(CAMERA, SIZE))
        .withMessageContaining("all 2 pictures are still open");
    first.close();
    first.close();
    renderer.render(CAMERA, SIZE).close();
    second.close();
  }

  @Test
  void ten_thousand_meshes_stay_within_the_memory_they_may_take() {
    var meshes = new ArrayList<MeshData>();
    var draws = new ArrayList<dev.vitrine.runtime.engine.scene.DrawData>();
    for (int id = 0; id < 10_000; id++) {
      meshes.add(cube(id));
      draws.add(draw("/World/Cube" + id, id, MaterialData.NONE, at(id % 100, id / 100, 0)));
    }
    renderer.apply(snapshot(meshes, List.of(), draws));
    assertThat(renderer.meshBytes()).isPositive().isLessThanOrEqualTo(64 << 20);
    renderer.render(CAMERA, SIZE).close();
  }

  @Test
  void a_scene_beyond_its_memory_is_refused_and_the_old_one_stays() {
    renderer.apply(cubeOf(RED));
    int floats = 3 * 4_000_000;
    var large =
        TestScenes.mesh(
            2, new float[floats], new float[floats], null, new int[] {0, 1, 2}, TestScenes.UNIT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> renderer.apply(snapshot(List.of(large), List.of(), List.of())))
        .withMessageContaining("but may take 64");
    assertThat(isRed(pixel(CAMERA, 160, 90))).isTrue();
  }

  @Test
  void the_gallery_is_there_for_people_to_look_at() throws IOException {
    renderer.apply(TestScenes.gallery());
    var size = new PictureSize(1280, 720);
    var camera =
        OrbitCamera.facing(renderer.bounds().orElseThrow(), UpAxis.Y, size.aspect()).camera();
    var file = Path.of("target", "gallery.png");
    Pngs.write(renderer, camera, size, file);
    assertThat(file).isNotEmptyFile();
  }

  private static DecodedPixel pixel(Camera camera, int x, int y) {
    try (var picture = renderer.render(camera, SIZE)) {
      return DecodedPixel.at(picture, x, y, ColorMatrix.BT709);
    }
  }

  private static int redPixels(Camera camera) {
    int count = 0;
    try (var picture = renderer.render(camera, SIZE)) {
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = 0; x < SIZE.width(); x++) {
          count += isRed(DecodedPixel.at(picture, x, y, ColorMatrix.BT709)) ? 1 : 0;
        }
      }
    }
    return count;
  }

  private static boolean isRed(DecodedPixel pixel) {
    return pixel.red() > 60
        && pixel.red() > 1.6 * pixel.green()
        && pixel.red() > 1.6 * pixel.blue();
  }

  private static void assertLevel(int level, double expected) {
    assertThat((double) level).isBetween(expected - 2, expected + 2);
  }

  private static double encoded(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
  }
}
