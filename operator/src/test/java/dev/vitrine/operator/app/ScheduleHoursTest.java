package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.WarmPods.Day;
import dev.vitrine.api.v1alpha1.WarmPods.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleHoursTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T07:59:59Z, false", // a Monday
    "2026-11-23T08:00:00Z, true",
    "2026-11-23T17:59:59Z, true",
    "2026-11-23T18:00:00Z, false",
    "2026-11-22T12:00:00Z, false" // a Sunday
  })
  void hours_begin_and_end_on_their_days(Instant time, boolean within) {
    assertThat(hours(List.of(Day.Monday), "08:00", "18:00", "UTC").contain(time)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T22:00:00Z, true",
    "2026-11-23T05:59:59Z, true",
    "2026-11-23T06:00:00Z, false",
    "2026-11-23T22:00:00Z, false"
  })
  void a_night_belongs_to_the_day_on_which_it_begins(Instant time, boolean within) {
    assertThat(hours(List.of(Day.Sunday), "22:00", "06:00", "UTC").contain(time)).isEqualTo(within);
  }

  @Test
  void hours_are_those_of_the_time_zone() {
    var hours = hours(List.of(), "08:00", "18:00", "Europe/Berlin");
    assertThat(hours.contain(Instant.parse("2026-07-01T06:00:00Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-12-01T06:00:00Z"))).isFalse();
  }

  @Test
  void a_clock_that_is_put_forward_skips_no_change() {
    var berlin = ZoneId.of("Europe/Berlin");
    var hours = hours(List.of(), "02:30", "03:30", "Europe/Berlin");
    var beforeTheJump = ZonedDateTime.of(2026, 3, 29, 1, 0, 0, 0, berlin).toInstant();
    var start = hours.nextChange(beforeTheJump);
    assertThat(start).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(hours.nextChange(start)).isAfter(start);
  }

  @Test
  void the_next_change_is_always_ahead_and_really_is_one() {
    var hours = hours(List.of(Day.Friday, Day.Saturday), "20:00", "24:00", "America/New_York");
    var time = Instant.parse("2026-10-25T00:00:00Z");
    for (var i = 0; i < 40; i++) {
      var next = hours.nextChange(time);
      assertThat(next).isAfter(time);
      assertThat(hours.contain(next)).isNotEqualTo(hours.contain(next.minusMillis(1)));
      assertThat(hours.contain(next.minusMillis(1))).isEqualTo(hours.contain(time));
      time = next;
    }
  }

  private static ScheduleHours hours(List<Day> days, String start, String end, String zone) {
    return new ScheduleHours(new Schedule(days, start, end, zone, 0, 0));
  }
}
