package dev.vitrine.runtime.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CameramanTest {

  private static final Bounds BOX = new Bounds(new Vec3(-1, -1, -1), new Vec3(1, 1, 1));
  private static final CameraData FRONT = camera("/Front", 5);
  private static final CameraData FAR = camera("/Far", 20);

  private final Cameraman cameraman = new Cameraman(1);

  CameramanTest() {
    cameraman.frame(Optional.of(BOX), UpAxis.Y);
  }

  @Test
  void after_cameras_of_the_stage_the_viewer_is_back_where_they_were() {
    var before = cameraman.camera();
    cameraman.goThrough(FRONT);
    assertThat(cameraman.camera().eye().z()).isEqualTo(5);
    cameraman.goThrough(FAR);
    assertThat(cameraman.camera().eye().z()).isEqualTo(20);
    cameraman.goBack();
    assertThat(cameraman.camera()).isEqualTo(before);
  }

  @Test
  void who_went_through_no_camera_stays() {
    var before = cameraman.camera();
    cameraman.goBack();
    assertThat(cameraman.camera()).isEqualTo(before);
  }

  @Test
  void reset_leads_to_where_the_camera_was_when_the_scene_came() {
    var home = cameraman.camera();
    cameraman.goThrough(FRONT);
    cameraman.reset();
    assertThat(cameraman.camera()).isEqualTo(home);
  }

  @Test
  void what_was_before_is_forgotten_with_its_stage() {
    cameraman.goThrough(FRONT);
    cameraman.frame(Optional.of(BOX), UpAxis.Y);
    var framed = cameraman.camera();
    cameraman.goBack();
    assertThat(cameraman.camera()).isEqualTo(framed);
  }

  @ParameterizedTest
  @MethodSource
  void who_went_on_from_a_camera_of_the_stage_stays(Consumer<Cameraman> move) {
    cameraman.goThrough(FRONT);
    move.accept(cameraman);
    var there = cameraman.camera();
    cameraman.goBack();
    assertThat(cameraman.camera()).isEqualTo(there);
  }

  static Stream<Consumer<Cameraman>> who_went_on_from_a_camera_of_the_stage_stays() {
    return Stream.of(
        Cameraman::reset,
        it -> it.fit(new Bounds(Vec3.ZERO, new Vec3(1, 1, 1))),
        it -> it.look(new Vec3(3, 0, 0), Vec3.ZERO, OptionalDouble.empty()),
        it -> it.follow(new InputEvent.Wheel(0, 100, 0.5, 0.5, 0)));
  }

  @Test
  void a_pointer_that_only_passes_by_is_no_move() {
    var before = cameraman.camera();
    cameraman.goThrough(FRONT);
    cameraman.follow(new InputEvent.Pointer(InputEvent.PointerKind.MOVE, 0.3, 0.3, 0, 0, 0));
    cameraman.goBack();
    assertThat(cameraman.camera()).isEqualTo(before);
  }

  @Test
  void a_place_without_a_field_of_view_keeps_it() {
    double before = cameraman.camera().verticalFieldOfViewRadians();
    cameraman.look(new Vec3(3, 0, 0), Vec3.ZERO, OptionalDouble.empty());
    assertThat(cameraman.camera().verticalFieldOfViewRadians()).isEqualTo(before);
    assertThat(cameraman.camera().forward().x()).isLessThan(-0.999);
  }

  private static CameraData camera(String path, double z) {
    var world = Matrix4.ofColumns(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, z, 1);
    return new CameraData(path, world, 1);
  }
}
