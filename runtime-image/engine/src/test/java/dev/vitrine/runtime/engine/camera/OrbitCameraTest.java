package dev.vitrine.runtime.engine.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrbitCameraTest {

  private static final double WIDE = 16.0 / 9;

  @ParameterizedTest
  @EnumSource(UpAxis.class)
  void fit_shows_every_corner_of_any_box_from_any_side(UpAxis up) {
    var random = new Random(1);
    for (int round = 0; round < 500; round++) {
      var box = box(random);
      double aspect = 0.3 + 3 * random.nextDouble();
      var camera =
          OrbitCamera.facing(box, up, aspect)
              .orbit(random.nextDouble(), random.nextGaussian())
              .pan(random.nextGaussian(), random.nextGaussian(), aspect)
              .fit(box, aspect)
              .camera();
      for (var corner : box.corners()) {
        assertVisible(camera, aspect, corner);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UpAxis.class)
  void a_camera_looks_from_where_it_is_told_to(UpAxis up) {
    var eye = new Vec3(3, 2, 1);
    var looking =
        OrbitCamera.facing(new Bounds(Vec3.ZERO, Vec3.ONE), up, WIDE).looking(eye, Vec3.ONE, 1);
    assertThat(looking.camera().eye().minus(eye).length()).isLessThan(1e-9);
    assertThat(looking.view().target()).isEqualTo(Vec3.ONE);
    assertThat(looking.view().fieldOfViewRadians()).isEqualTo(1);
  }

  @Test
  void a_place_beyond_all_measure_is_brought_near() {
    var far = new Vec3(1e12, -1e12, 1e12);
    var camera = OrbitCamera.initial().looking(far, far.times(-1), 1).camera();
    assertThat(camera.eye().length()).isLessThan(1e5);
  }

  @Test
  void no_movement_whatever_makes_a_camera_that_is_not_finite() {
    var random = new Random(2);
    double[] odd = {
      0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -1e300, 1e300, Double.MIN_VALUE, 1, -1
    };
    for (int round = 0; round < 300; round++) {
      var orbit = OrbitCamera.facing(box(random), UpAxis.Z, WIDE);
      for (int step = 0; step < 30; step++) {
        double a = odd[random.nextInt(odd.length)];
        double b = odd[random.nextInt(odd.length)];
        orbit =
            switch (random.nextInt(4)) {
              case 0 -> orbit.orbit(a, b);
              case 1 -> orbit.pan(a, b, WIDE);
              case 2 -> orbit.zoom(a);
              default -> orbit.fit(box(random), WIDE);
            };
        var camera = orbit.camera();
        for (float number : camera.projection(WIDE).times(camera.view()).toFloats()) {
          assertThat(number).isFinite();
        }
      }
    }
  }

  @Test
  void a_point_and_a_plane_can_be_looked_at() {
    var point = new Bounds(Vec3.ZERO, Vec3.ZERO);
    var plane = new Bounds(new Vec3(-5, 0, -5), new Vec3(5, 0, 5));
    assertVisible(OrbitCamera.facing(point, UpAxis.Y, WIDE).camera(), WIDE, Vec3.ZERO);
    assertVisible(OrbitCamera.facing(plane, UpAxis.Y, WIDE).camera(), WIDE, plane.max());
  }

  @Test
  void reset_undoes_every_movement() {
    var home = OrbitCamera.initial();
    assertThat(home.orbit(0.2, 0.1).pan(0.3, 0.2, WIDE).zoom(1).reset()).isEqualTo(home);
  }

  @Test
  void a_drag_to_the_right_turns_the_scene_to_the_right() {
    var orbit = OrbitCamera.initial();
    var front = orbit.camera().eye().times(0.1);
    assertThat(seen(orbit.orbit(0.05, 0).camera(), front).x())
        .isGreaterThan(seen(orbit.camera(), front).x());
  }

  @Test
  void the_stage_camera_s_eye_and_direction_are_kept() {
    var world = Matrix4.translation(new Vec3(1, 2, 10));
    var scene = new Bounds(new Vec3(-1, -1, -1), Vec3.ONE);
    var camera = OrbitCamera.through(new CameraData("/Cam", world, 0.7), scene, UpAxis.Y).camera();
    assertThat(camera.eye().minus(new Vec3(1, 2, 10)).length()).isCloseTo(0, within(1e-9));
    assertThat(camera.forward().z()).isCloseTo(-1, within(1e-9));
    assertThat(camera.verticalFieldOfViewRadians()).isEqualTo(0.7);
  }

  private static Bounds box(Random random) {
    double scale = Math.pow(10, random.nextInt(9) - 4);
    var min = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    var size = new Vec3(random.nextDouble(), random.nextDouble(), random.nextDouble());
    return new Bounds(min.times(scale), min.plus(size).times(scale));
  }

  private static void assertVisible(Camera camera, double aspect, Vec3 point) {
    var viewed = camera.view().point(point);
    double depth = -viewed.z();
    double tangent = Math.tan(camera.verticalFieldOfViewRadians() / 2);
    assertThat(depth).isBetween(camera.near(), camera.far());
    assertThat(Math.abs(viewed.y()) / depth).isLessThan(tangent);
    assertThat(Math.abs(viewed.x()) / depth).isLessThan(tangent * aspect);
  }

  private static Vec3 seen(Camera camera, Vec3 point) {
    return camera.view().point(point);
  }
}
