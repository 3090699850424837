package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply.Extended;
import dev.vitrine.runtime.app.session.SessionLife.End;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** When a session ends, and who is warned before. */
class SessionWarningTest extends LivedSession {

  @Test
  void an_idle_viewer_is_warned_once_and_then_the_session_ends() {
    watch();
    time.pass(269);
    assertThat(warnings).isEmpty();
    time.pass(1);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.IDLE_TIMEOUT);
    time.pass(29);
    assertThat(ends).isEmpty();
    time.pass(1);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.IDLE_TIMEOUT);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void input_after_a_warning_puts_the_end_off_and_the_next_one_is_told_again() {
    watch();
    time.pass(280);
    life.gotInput();
    time.pass(269);
    assertThat(ends).isEmpty();
    assertThat(warnings).hasSize(1);
    time.pass(1);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void a_viewer_who_comes_back_after_a_warning_is_told_of_it_too() {
    watch();
    for (int i = 0; i < 4; i++) {
      time.pass(242);
      life.gotInput();
    }
    time.pass(5);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.MAX_DURATION);
    life.disconnected(false);
    time.pass(5);
    watch();
    time.pass(0);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void a_viewer_whose_connection_was_interrupted_is_warned_as_before() {
    watch();
    busyUntil(900);
    life.interrupted();
    time.pass(5);
    assertThat(reports.getLast().state()).isEqualTo(ConnectionState.DISCONNECTED);
    life.connected("webrtc-java", "VP8");
    assertThat(reports.getLast().state()).isEqualTo(ConnectionState.CONNECTED);
    busyUntil(970);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.MAX_DURATION);
    assertThat(life.extend()).isInstanceOf(Extended.class);
  }

  @Test
  void a_warning_that_came_in_an_interruption_is_not_told_twice() {
    watch();
    busyUntil(960);
    life.interrupted();
    time.pass(15);
    assertThat(warnings).hasSize(1);
    life.connected("webrtc-java", "VP8");
    time.pass(5);
    assertThat(warnings).hasSize(1);
    assertThat(life.extend()).isInstanceOf(Extended.class);
  }

  @Test
  void an_interruption_that_lasts_ends_the_session() {
    watch();
    life.interrupted();
    time.pass(20);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.RECONNECT_TIMEOUT);
  }

  @Test
  void a_page_that_takes_over_from_an_interrupted_one_is_told_what_that_one_was_told() {
    watch();
    busyUntil(975);
    life.interrupted();
    watch();
    time.pass(0);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void where_nobody_watches_the_session_ends_without_a_warning() {
    time.pass(60);
    assertThat(warnings).isEmpty();
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.CONNECT_TIMEOUT);
  }

  @Test
  void a_viewer_may_stay_a_while_after_the_pod_was_told_to_stop() {
    watch();
    time.pass(10);
    life.stop(EndReason.NODE_DRAINED);
    time.pass(0);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.NODE_DRAINED);
    time.pass(44);
    assertThat(ends).isEmpty();
    life.stop(EndReason.NODE_DRAINED);
    time.pass(1);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.NODE_DRAINED);
  }

  @Test
  void a_viewer_hears_why_the_pod_was_told_to_stop() {
    watch();
    life.stop(EndReason.PREEMPTED);
    time.pass(45);
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.PREEMPTED);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.PREEMPTED);
  }

  @Test
  void a_short_idle_time_hides_no_other_warning() {
    var busy =
        new SessionLife(
            time,
            new SteadyClock(InstantSource.fixed(START), time::nanos),
            new SessionRules(new Lifetimes(60, 20, 20, 100, 30, 0, 100), Duration.ZERO),
            new StageReport("", StageState.READY, null),
            reports::add,
            warnings::add,
            ends::add);
    busy.connected("webrtc-java", "VP8");
    busy.sawFirstFrame();
    for (int second = 0; second < 72; second += 8) {
      time.pass(8);
      busy.gotInput();
    }
    assertThat(warnings).extracting(Deadline::reason).containsExactly(EndReason.MAX_DURATION);
  }

  @Test
  void a_viewer_who_leaves_a_pod_that_was_told_to_stop_is_not_waited_for() {
    watch();
    life.stop(EndReason.NODE_DRAINED);
    life.disconnected(true);
    time.pass(0);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.NODE_DRAINED);
  }

  @Test
  void what_has_ended_stays_so() {
    watch();
    life.end(new End(EndReason.APP_EXITED, "It stopped."));
    time.pass(2000);
    assertThat(ends).isEmpty();
    assertThat(warnings).isEmpty();
    assertThat(life.report().endReason()).isEqualTo(EndReason.APP_EXITED);
    life.disconnected(false);
    watch();
    life.stageChanged(new StageReport("b.usda", StageState.FAILED, "It is empty."));
    time.pass(10);
    assertThat(reports).hasSize(1);
  }
}
