package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttendanceTest {

  private final TestTime time = new TestTime(Instant.EPOCH);
  private final List<String> told = new ArrayList<>();
  private final Attendance attendance =
      new Attendance(time, () -> told.add("start"), () -> told.add("end"));

  @Test
  void a_page_that_comes_back_in_time_goes_on_with_its_session() {
    attendance.begin();
    attendance.leave();
    time.pass(19);
    attendance.stay();
    attendance.begin();
    time.pass(60);
    assertThat(told).containsExactly("start");
  }

  @Test
  void a_page_that_stays_away_has_ended_its_session() {
    attendance.begin();
    attendance.leave();
    time.pass(20);
    assertThat(told).containsExactly("start", "end");
    attendance.begin();
    assertThat(told).containsExactly("start", "end", "start");
  }

  @Test
  void what_never_started_has_no_end() {
    attendance.leave();
    time.pass(60);
    attendance.finish();
    assertThat(told).isEmpty();
  }

  @Test
  void an_end_comes_once() {
    attendance.begin();
    attendance.leave();
    attendance.finish();
    time.pass(60);
    assertThat(told).containsExactly("start", "end");
  }
}
