package dev.vitrine.runtime.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

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
