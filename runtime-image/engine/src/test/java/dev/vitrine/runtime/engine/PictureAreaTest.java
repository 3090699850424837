package dev.vitrine.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.Vec3;
import org.junit.jupiter.api.Test;

class PictureAreaTest {

  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final Camera CAMERA =
      new Camera(new Vec3(0, 0, 10), new Vec3(0, 0, -1), new Vec3(0, 1, 0), Math.PI / 2, 0.1, 1000);

  @Test
  void two_pixels_in_any_order_span_the_same_area() {
    assertThat(PictureArea.between(7, 9, 3, 4)).isEqualTo(new PictureArea(3, 4, 5, 6));
    assertThat(PictureArea.between(3, 9, 7, 4)).isEqualTo(new PictureArea(3, 4, 5, 6));
    assertThat(PictureArea.between(3, 4, 3, 4)).isEqualTo(new PictureArea(3, 4, 1, 1));
  }

  @Test
  void only_what_lies_within_the_picture_is_left() {
    assertThat(new PictureArea(-5, 170, 10, 40).within(SIZE))
        .contains(new PictureArea(0, 170, 5, 10));
    assertThat(new PictureArea(320, 0, 1, 1).within(SIZE)).isEmpty();
    assertThat(new PictureArea(-1, 0, 1, 1).within(SIZE)).isEmpty();
    assertThat(new PictureArea(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE).within(SIZE))
        .contains(PictureArea.all(SIZE));
  }

  @Test
  void an_area_has_at_least_a_pixel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PictureArea(0, 0, 0, 5))
        .withMessage("an area must have at least one pixel, but is 0 x 5");
  }

  @Test
  void a_box_is_seen_where_its_corners_are() {
    // Nine units away the half height of the picture, 90 pixels, is nine units.
    assertThat(ScreenBounds.of(box(1), CAMERA, SIZE, 3)).contains(new PictureArea(147, 77, 27, 27));
  }

  @Test
  void a_box_around_the_eye_may_be_anywhere_and_one_beside_the_picture_is_nowhere() {
    assertThat(ScreenBounds.of(box(20), CAMERA, SIZE, 3)).contains(PictureArea.all(SIZE));
    var beside = new Bounds(new Vec3(100, 0, 0), new Vec3(101, 1, 1));
    assertThat(ScreenBounds.of(beside, CAMERA, SIZE, 3)).isEmpty();
  }

  private static Bounds box(double reach) {
    return new Bounds(new Vec3(-reach, -reach, -reach), new Vec3(reach, reach, reach));
  }
}
