package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply.Extended;
import dev.vitrine.protocol.ViewerReply.NotExtended;
import dev.vitrine.runtime.app.session.SessionLife.End;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLifeTest {

  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final TestTime time = new TestTime();
  private final List<ConnectionReport> reports = new ArrayList<>();
  private final List<Deadline> warnings = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();
  private final SessionLife life =
      new SessionLife(
          time,
          new SteadyClock(InstantSource.fixed(START), time::nanos),
          new SessionRules(new Lifetimes(60, 20, 300, 1000, 30, 500, 1700), Duration.ofSeconds(45)),
          new StageReport("", StageState.READY, null),
          reports::add,
          warnings::add,
          ends::add);

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

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

  @Test
  void a_life_from_the_first_picture_to_the_goodbye_is_told_in_one_report() {
    life.connected("webrtc-java", "VP8");
    assertThat(reports).isEmpty();
    life.sawFirstFrame();
    busyUntil(200);
    life.disconnected(true);
    time.pass(20);
    assertThat(ends).extracting(End::reason).containsExactly(EndReason.CLOSED_BY_VIEWER);
    life.end(ends.getFirst());
    time.pass(2000);
    assertThat(reports).singleElement().returns(START, ConnectionReport::firstFrameAt);
  }

  @Test
  void a_viewer_who_sees_no_picture_for_a_second_is_told_of_without_one() {
    life.connected("webrtc-java", "VP8");
    time.pass(1);
    assertThat(reports)
        .singleElement()
        .returns(ConnectionState.CONNECTED, ConnectionReport::state)
        .returns(null, ConnectionReport::firstFrameAt);
    time.pass(5);
    life.sawFirstFrame();
    assertThat(reports).hasSize(2);
  }

  @Test
  void a_page_that_is_loaded_anew_is_told_of_once_it_is_back() {
    watch();
    life.disconnected(true);
    time.pass(2);
    assertThat(reports).hasSize(1);
    watch();
    assertThat(reports).hasSize(2).last().returns(null, ConnectionReport::disconnectedAt);
  }

  @Test
  void a_goodbye_whose_end_is_far_off_is_told_at_once() {
    var patient =
        new SessionLife(
            time,
            new SteadyClock(InstantSource.fixed(START), time::nanos),
            new SessionRules(new Lifetimes(60, 31, 300, 1000, 30, 0, 1000), Duration.ZERO),
            new StageReport("", StageState.READY, null),
            reports::add,
            warnings::add,
            ends::add);
    patient.connected("webrtc-java", "VP8");
    patient.sawFirstFrame();
    patient.disconnected(true);
    assertThat(reports.getLast().state()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  @Test
  void a_lost_viewer_is_told_of_at_once() {
    watch();
    life.disconnected(false);
    assertThat(reports.getLast().state()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  @Test
  void an_end_is_told_with_what_was_not_yet() {
    life.connected("webrtc-java", "VP8");
    life.end(new End(EndReason.APP_FAILED, "It fell."));
    assertThat(reports)
        .singleElement()
        .returns(START, ConnectionReport::connectedAt)
        .returns(EndReason.APP_FAILED, ConnectionReport::endReason);
    time.pass(5);
    assertThat(reports).hasSize(1);
  }

  @Test
  void the_end_of_a_pod_that_was_told_to_stop_is_told() {
    watch();
    life.stop(EndReason.NODE_DRAINED);
    assertThat(reports).hasSize(1);
    life.end(new End(EndReason.NODE_DRAINED, "It was told to stop."));
    assertThat(reports).hasSize(2).last().returns(ConnectionState.ENDED, ConnectionReport::state);
  }

  @Test
  void a_stage_that_is_opened_is_told_with_the_viewer_and_one_that_cannot_be_at_once() {
    life.stageChanged(new StageReport("b.usda", StageState.STARTING, null));
    life.stageChanged(new StageReport("b.usda", StageState.READY, null));
    watch();
    time.pass(10);
    assertThat(reports).hasSize(1);
    life.stageChanged(new StageReport("c.usda", StageState.STARTING, null));
    time.pass(4);
    life.stageChanged(new StageReport("c.usda", StageState.READY, null));
    time.pass(1);
    assertThat(reports)
        .hasSize(2)
        .last()
        .returns(new StageReport("c.usda", StageState.READY, null), ConnectionReport::stage);
    life.stageChanged(new StageReport("d.usda", StageState.FAILED, "It is empty."));
    assertThat(reports).hasSize(3);
  }

  /** Lets time pass until that second of the session, with input that comes often enough. */
  private void busyUntil(int second) {
    var until = START.plusSeconds(second);
    while (time.instant().isBefore(until)) {
      life.gotInput();
      time.pass((int) Math.min(200, Duration.between(time.instant(), until).toSeconds()));
    }
  }

  private void watch() {
    life.connected("webrtc-java", "VP8");
    life.sawFirstFrame();
  }

  /** Time that passes when the test says so. */
  private static final class TestTime extends ScheduledThreadPoolExecutor {

    private final List<Alarm> alarms = new ArrayList<>();
    private Instant now = START;

    TestTime() {
      super(0);
    }

    Instant instant() {
      return now;
    }

    long nanos() {
      return Duration.between(START, now).toNanos();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      var alarm = new Alarm(task, now.plusNanos(unit.toNanos(delay)), this);
      alarms.add(alarm);
      return alarm;
    }

    void pass(int seconds) {
      var until = now.plusSeconds(seconds);
      for (var next = next(until); next != null; next = next(until)) {
        now = next.at;
        next.run();
      }
      now = until;
    }

    private Alarm next(Instant until) {
      alarms.removeIf(Alarm::isDone);
      return alarms.stream()
          .filter(alarm -> !alarm.at.isAfter(until))
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  private static final class Alarm extends FutureTask<Void> implements ScheduledFuture<Void> {

    private final Instant at;
    private final TestTime time;

    Alarm(Runnable task, Instant at, TestTime time) {
      super(task, null);
      this.at = at;
      this.time = time;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(time.instant(), at));
    }

    @Override
    public int compareTo(Delayed other) {
      return at.compareTo(((Alarm) other).at);
    }
  }
}
