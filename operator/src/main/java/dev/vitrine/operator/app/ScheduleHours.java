package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.WarmPods.Day;
import dev.vitrine.api.v1alpha1.WarmPods.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The hours of a schedule, in its own time zone, where days may have 23 or 25 hours. */
record ScheduleHours(Schedule schedule) {

  private static final String MIDNIGHT = "24:00";

  /** A week, and a day before and after for hours that cross midnight. */
  private static final int DAYS_AHEAD = 8;

  private record Span(Instant start, Instant end) {}

  boolean contain(Instant time) {
    return spans(time).anyMatch(span -> !time.isBefore(span.start) && time.isBefore(span.end));
  }

  /** The first beginning or end after {@code now}. */
  Instant nextChange(Instant now) {
    return spans(now)
        .flatMap(span -> Stream.of(span.start, span.end))
        .filter(now::isBefore)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private Stream<Span> spans(Instant around) {
    var zone = ZoneId.of(schedule.timeZone());
    var today = LocalDate.ofInstant(around, zone);
    return IntStream.rangeClosed(-1, DAYS_AHEAD)
        .mapToObj(today::plusDays)
        .filter(this::startsOn)
        .map(day -> span(day, zone));
  }

  private Span span(LocalDate day, ZoneId zone) {
    var start = LocalTime.parse(schedule.start());
    var toMidnight = schedule.end().equals(MIDNIGHT);
    var end = toMidnight ? LocalTime.MIDNIGHT : LocalTime.parse(schedule.end());
    var lastDay = toMidnight || !end.isAfter(start) ? day.plusDays(1) : day;
    return new Span(
        day.atTime(start).atZone(zone).toInstant(), lastDay.atTime(end).atZone(zone).toInstant());
  }

  private boolean startsOn(LocalDate day) {
    return schedule.days().isEmpty() || schedule.days().contains(dayOf(day));
  }

  private static Day dayOf(LocalDate date) {
    return switch (date.getDayOfWeek()) {
      case MONDAY -> Day.Monday;
      case TUESDAY -> Day.Tuesday;
      case WEDNESDAY -> Day.Wednesday;
      case THURSDAY -> Day.Thursday;
      case FRIDAY -> Day.Friday;
      case SATURDAY -> Day.Saturday;
      case SUNDAY -> Day.Sunday;
    };
  }
}
