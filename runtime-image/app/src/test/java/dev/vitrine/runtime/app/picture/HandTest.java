package dev.vitrine.runtime.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.protocol.InputEvent.Key;
import dev.vitrine.protocol.InputEvent.KeyKind;
import dev.vitrine.protocol.InputEvent.Pointer;
import dev.vitrine.protocol.InputEvent.PointerKind;
import dev.vitrine.protocol.InputEvent.Wheel;
import dev.vitrine.runtime.engine.camera.OrbitCamera;
import org.junit.jupiter.api.Test;

class HandTest {

  private static final double ASPECT = 16.0 / 9;
  private static final int LEFT = 1;
  private static final int RIGHT = 2;
  private static final int MIDDLE = 4;

  private final Hand resting = Hand.on(OrbitCamera.initial());

  @Test
  void a_left_drag_turns_the_camera_around_its_target() {
    var turned = drag(LEFT, 0);
    assertThat(turned.view().azimuthRadians()).isNotEqualTo(view().azimuthRadians());
    assertThat(turned.view().target()).isEqualTo(view().target());
    assertThat(turned.view().distance()).isEqualTo(view().distance());
  }

  @Test
  void a_middle_drag_and_a_left_drag_with_shift_move_the_target_alike() {
    var panned = drag(MIDDLE, 0);
    assertThat(panned.view().target()).isNotEqualTo(view().target());
    assertThat(drag(LEFT, InputEvent.SHIFT)).isEqualTo(panned);
  }

  @Test
  void a_right_drag_downwards_moves_away() {
    assertThat(drag(RIGHT, 0).view().distance()).isGreaterThan(view().distance());
  }

  @Test
  void a_move_without_a_button_moves_nothing() {
    assertThat(drag(0, 0)).isEqualTo(resting.camera());
  }

  @Test
  void a_press_far_from_the_last_place_does_not_jump() {
    var hand =
        resting
            .after(new Pointer(PointerKind.MOVE, 0.1, 0.1, 0, 0, 0), ASPECT)
            .after(new Pointer(PointerKind.DOWN, 0.9, 0.9, 0, LEFT, 0), ASPECT);
    assertThat(hand.camera()).isEqualTo(resting.camera());
  }

  @Test
  void the_wheel_moves_closer_and_away() {
    assertThat(wheel(-100).view().distance()).isLessThan(view().distance());
    assertThat(wheel(100).view().distance()).isGreaterThan(view().distance());
  }

  @Test
  void the_key_f_fits_all_into_the_picture_again() {
    var far = resting.after(new Wheel(0, 3000, 0.5, 0.5, 0), ASPECT);
    var fitted = far.after(new Key(KeyKind.DOWN, "KeyF", 0), ASPECT);
    assertThat(fitted.camera().view().distance()).isCloseTo(view().distance(), within());
    assertThat(far.after(new Key(KeyKind.UP, "KeyF", 0), ASPECT)).isEqualTo(far);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  private OrbitCamera drag(int buttons, int mods) {
    return resting
        .after(new Pointer(PointerKind.DOWN, 0.5, 0.5, 0, buttons, mods), ASPECT)
        .after(new Pointer(PointerKind.MOVE, 0.6, 0.7, 0, buttons, mods), ASPECT)
        .camera();
  }

  private OrbitCamera wheel(double dy) {
    return resting.after(new Wheel(0, dy, 0.5, 0.5, 0), ASPECT).camera();
  }

  private dev.vitrine.runtime.engine.camera.OrbitView view() {
    return resting.camera().view();
  }
}
