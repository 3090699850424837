package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.runtime.app.session.SessionLife.End;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What of a life is told, and in how many reports. */
class SessionReportTest extends LivedSession {

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
}
