package dev.vitrine.runtime.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.protocol.InputEvent.Pointer;
import dev.vitrine.protocol.InputEvent.PointerKind;
import dev.vitrine.runtime.app.selection.Pick.Change;
import dev.vitrine.runtime.engine.PictureArea;
import dev.vitrine.runtime.engine.PictureSize;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the pointer's doings picks, and what steers the camera. */
class PointingTest {

  private static final PictureSize SIZE = new PictureSize(1000, 500);
  private static final int NONE = 0;
  private static final int LEFT = 1;
  private static final int RIGHT = 2;

  private Pointing pointing = Pointing.on(SIZE);
  private Optional<Pick> picked = Optional.empty();
  private boolean steers;
  private long nanos;

  @Test
  void a_click_picks_the_pixel_below_it_and_leaves_the_camera() {
    down(500, 100, 0);
    move(502, 101, 0);
    assertThat(steers).isFalse();
    up(502, 101, 0);
    assertThat(picked).contains(new Pick(new PictureArea(502, 101, 1, 1), Change.REPLACE));
  }

  @Test
  void a_click_on_the_last_pixel_lies_within_the_picture() {
    down(1000, 500, 0);
    up(1000, 500, 0);
    assertThat(picked).contains(new Pick(new PictureArea(999, 499, 1, 1), Change.REPLACE));
  }

  @Test
  void a_finger_that_trembles_clicks_too() {
    pointing = Pointing.on(new PictureSize(1920, 1080));
    follow(new Pointer(PointerKind.DOWN, 0.5, 0.5, 0, LEFT, 0));
    follow(new Pointer(PointerKind.MOVE, 0.5, 0.5 + 9.0 / 1080, 0, LEFT, 0));
    assertThat(steers).isFalse();
    follow(new Pointer(PointerKind.UP, 0.5, 0.5 + 9.0 / 1080, 0, NONE, 0));
    assertThat(picked).isPresent();
  }

  @Test
  void a_drag_steers_and_picks_nothing_even_if_it_ends_where_it_began() {
    down(500, 100, 0);
    assertThat(steers).isTrue();
    move(540, 100, 0);
    assertThat(steers).isTrue();
    assertThat(pointing.band()).isEmpty();
    move(500, 100, 0);
    assertThat(steers).isTrue();
    up(500, 100, 0);
    assertThat(picked).isEmpty();
  }

  @Test
  void who_holds_the_button_does_not_click_and_steers_finely() {
    down(500, 100, 0);
    pass(600);
    move(501, 100, 0);
    assertThat(steers).isTrue();
    up(501, 100, 0);
    assertThat(picked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {InputEvent.CTRL, InputEvent.META, InputEvent.CTRL | InputEvent.SHIFT})
  void a_click_with_control_or_command_toggles(int mods) {
    down(500, 100, mods);
    up(500, 100, mods);
    assertThat(picked.orElseThrow().change()).isEqualTo(Change.TOGGLE);
  }

  @Test
  void a_click_with_shift_adds_and_a_drag_with_shift_is_the_cameras() {
    down(500, 100, InputEvent.SHIFT);
    up(500, 100, InputEvent.SHIFT);
    assertThat(picked.orElseThrow().change()).isEqualTo(Change.ADD);
    down(500, 100, InputEvent.SHIFT);
    move(600, 100, InputEvent.SHIFT);
    assertThat(steers).isTrue();
    up(600, 100, InputEvent.SHIFT);
    assertThat(picked).isEmpty();
  }

  @Test
  void a_drag_with_control_draws_a_band_that_picks_and_the_camera_stays() {
    down(500, 100, InputEvent.CTRL);
    move(503, 100, InputEvent.CTRL);
    assertThat(pointing.band()).isEmpty();
    move(300, 200, 0); // the key may be up before the button
    assertThat(steers).isFalse();
    assertThat(pointing.band()).contains(PictureArea.between(300, 200, 500, 100));
    pass(5000);
    up(310, 220, 0);
    assertThat(picked).contains(new Pick(PictureArea.between(310, 220, 500, 100), Change.REPLACE));
    assertThat(pointing.band()).isEmpty();
  }

  @Test
  void a_band_with_shift_as_well_adds() {
    int mods = InputEvent.CTRL | InputEvent.SHIFT;
    down(500, 100, mods);
    move(300, 200, mods);
    up(300, 200, mods);
    assertThat(picked.orElseThrow().change()).isEqualTo(Change.ADD);
  }

  @Test
  void another_button_ends_a_click_and_a_band() {
    down(500, 100, InputEvent.CTRL);
    move(300, 200, InputEvent.CTRL);
    follow(new Pointer(PointerKind.DOWN, 0.3, 0.4, 2, LEFT | RIGHT, InputEvent.CTRL));
    assertThat(pointing.band()).isEmpty();
    up(300, 200, InputEvent.CTRL);
    assertThat(picked).isEmpty();
  }

  @Test
  void the_right_button_picks_nothing() {
    follow(new Pointer(PointerKind.DOWN, 0.5, 0.5, 2, RIGHT, 0));
    follow(new Pointer(PointerKind.UP, 0.5, 0.5, 2, NONE, 0));
    assertThat(picked).isEmpty();
  }

  @Test
  void a_lost_focus_a_cancelled_pointer_and_a_lost_release_end_the_press() {
    down(500, 100, 0);
    follow(new InputEvent.Blur());
    up(500, 100, 0);
    assertThat(picked).isEmpty();
    down(500, 100, 0);
    follow(new Pointer(PointerKind.CANCEL, 0.5, 0.2, 0, NONE, 0));
    up(500, 100, 0);
    assertThat(picked).isEmpty();
    down(500, 100, 0);
    follow(new Pointer(PointerKind.MOVE, 0.5, 0.2, 0, NONE, 0));
    up(500, 100, 0);
    assertThat(picked).isEmpty();
  }

  @Test
  void wheel_and_keys_are_the_cameras_in_the_middle_of_a_click_too() {
    down(500, 100, 0);
    follow(new InputEvent.Wheel(0, 100, 0.5, 0.2, 0));
    assertThat(steers).isTrue();
    follow(new InputEvent.Key(InputEvent.KeyKind.DOWN, "KeyF", 0));
    assertThat(steers).isTrue();
  }

  private void down(int x, int y, int mods) {
    follow(pointer(PointerKind.DOWN, x, y, LEFT, mods));
  }

  private void move(int x, int y, int mods) {
    follow(pointer(PointerKind.MOVE, x, y, LEFT, mods));
  }

  private void up(int x, int y, int mods) {
    follow(pointer(PointerKind.UP, x, y, NONE, mods));
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void follow(InputEvent event) {
    picked = pointing.picks(event, nanos);
    pointing = pointing.after(event, nanos);
    steers = pointing.steers(event, nanos);
  }

  private static Pointer pointer(PointerKind kind, int x, int y, int buttons, int mods) {
    return new Pointer(
        kind,
        (x + 0.5 * (x < 1000 ? 1 : 0)) / SIZE.width(),
        (y + 0.5 * (y < 500 ? 1 : 0)) / SIZE.height(),
        0,
        buttons,
        mods);
  }
}
