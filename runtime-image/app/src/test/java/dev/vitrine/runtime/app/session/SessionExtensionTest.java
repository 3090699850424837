package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.ViewerReply.Extended;
import dev.vitrine.protocol.ViewerReply.NotExtended;
import dev.vitrine.runtime.app.session.SessionLife.End;
import org.junit.jupiter.api.Test;

/** Who may stay longer, and until when. */
class SessionExtensionTest extends LivedSession {

  @Test
  void a_warned_viewer_may_stay_longer_and_is_warned_again_before_the_new_end() {
    watch();
    busyUntil(975);
    assertThat(warnings)
        .singleElement()
        .satisfies(told -> assertThat(told.extendableSeconds()).isEqualTo(500));
    assertThat(reports.getLast().endsAt()).isEqualTo(START.plusSeconds(1000));

    assertThat(life.extend()).isEqualTo(new Extended(525));
    assertThat(reports.getLast().endsAt()).isEqualTo(START.plusSeconds(1500));
    busyUntil(1469);
    assertThat(warnings).hasSize(1);
    busyUntil(1470);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.getLast().extendableSeconds()).isEqualTo(200);
    busyUntil(1499);
    assertThat(ends).isEmpty();
    busyUntil(1500);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.MAX_DURATION);
  }

  @Test
  void the_ceiling_of_the_class_is_the_last_end() {
    watch();
    busyUntil(975);
    life.extend();
    busyUntil(1475);
    assertThat(life.extend()).isEqualTo(new Extended(225));
    busyUntil(1675);
    assertThat(warnings.getLast().extendableSeconds()).isZero();
    assertThat(life.extend())
        .isEqualTo(new NotExtended("No session of this class may last longer than 1700 seconds."));
    busyUntil(1700);
    assertThat(ends).hasSize(1);
  }

  @Test
  void nobody_extends_a_session_whose_end_is_not_near() {
    var notNear =
        new NotExtended("The session's end is not near; extend it once its warning has come.");
    assertThat(life.extend()).isEqualTo(notNear);
    watch();
    assertThat(life.extend()).isEqualTo(notNear);
    time.pass(280);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.IDLE_TIMEOUT);
    assertThat(life.extend()).isEqualTo(notNear);
    life.gotInput();
    busyUntil(975);
    assertThat(life.extend()).isInstanceOf(Extended.class);
    assertThat(life.extend()).isEqualTo(notNear);
  }

  @Test
  void a_viewer_who_comes_back_after_an_extension_finds_it_taken() {
    watch();
    busyUntil(975);
    life.extend();
    life.disconnected(false);
    time.pass(5);
    watch();
    time.pass(0);
    assertThat(warnings).hasSize(1);
    assertThat(reports.getLast().endsAt()).isEqualTo(START.plusSeconds(1500));
    busyUntil(1470);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void a_viewer_who_comes_back_to_a_warning_can_answer_it_once_it_is_told_again() {
    watch();
    busyUntil(975);
    life.disconnected(false);
    assertThat(life.extend()).isInstanceOf(NotExtended.class);
    watch();
    time.pass(0);
    assertThat(warnings).hasSize(2);
    assertThat(life.extend()).isEqualTo(new Extended(525));
  }

  @Test
  void the_end_of_a_pod_that_was_told_to_stop_cannot_be_put_off() {
    watch();
    busyUntil(975);
    life.stop(EndReason.NODE_DRAINED);
    time.pass(0);
    assertThat(warnings)
        .filteredOn(told -> told.reason() == EndReason.MAX_DURATION)
        .extracting(Deadline::extendableSeconds)
        .containsExactly(500, 0);
    assertThat(life.extend())
        .isEqualTo(new NotExtended("The session's pod was told to stop; that cannot be put off."));
  }

  @Test
  void what_has_ended_is_not_extended_and_has_no_end_to_come() {
    watch();
    busyUntil(975);
    life.end(new End(EndReason.APP_EXITED, "It stopped."));
    assertThat(life.extend()).isEqualTo(new NotExtended("The session has ended."));
    assertThat(life.report().endsAt()).isNull();
  }
}
