package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pods that wait for sessions, with the stage loaded: for each of the app's classes. Pods in use
 * plus {@code targetIdle}, kept between {@code min} and {@code max}. Pods of revisions that get no
 * new sessions do not count; the others have a part of each number, by their share.
 */
@ValidationRule(
    value = "!has(self.max) || self.max >= self.min",
    message = "max must not be less than min")
@ValidationRule(
    value =
        "!has(self.max) || !has(self.schedules)"
            + " || self.schedules.all(schedule, schedule.min <= self.max)",
    message = "max must not be less than the min of any of the schedules")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WarmPods(
    @JsonPropertyDescription(
            "Fewest pods on each class, in use and idle together, of the revisions that get new"
                + " sessions.")
        @Default("0")
        @Min(0)
        @Max(1000)
        int min,
    @JsonPropertyDescription("Idle pods to keep on each class beyond those in use.")
        @Default("0")
        @Min(0)
        @Max(1000)
        int targetIdle,
    @JsonPropertyDescription(
            "Pods on each class, in use and idle together, of the revisions that get new sessions,"
                + " from which on no idle one is added. Absent: no such bound.")
        @Min(0)
        @Max(100000)
        @Nullable Integer max,
    @JsonPropertyDescription(
            "Times at which other numbers hold. Where several hold at once, the largest min and the"
                + " largest targetIdle win; max bounds them all.")
        @Size(max = 32)
        List<Schedule> schedules) {

  public WarmPods {
    schedules = schedules == null ? List.of() : List.copyOf(schedules);
  }

  /** Numbers for certain hours. */
  @ValidationRule(
      value = "self.start != self.end",
      message = "start and end must differ; 00:00 to 24:00 is the whole day")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Schedule(
      @JsonPropertyDescription("Days on which it starts. Absent: every day.")
          @Size(min = 1, max = 7)
          List<Day> days,
      @JsonPropertyDescription("Time of the day at which it starts, such as `08:00`.")
          @Default("\"00:00\"")
          @Size(min = 5, max = 5)
          @Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")
          String start,
      @JsonPropertyDescription(
              "Time of the day at which it ends; at or before start: on the next day.")
          @Default("\"24:00\"")
          @Size(min = 5, max = 5)
          @Pattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
          String end,
      @JsonPropertyDescription("Time zone of days and times, such as `Europe/Berlin`.")
          @Default("UTC")
          @Size(min = 1, max = 64)
          @Pattern("^[A-Za-z][-A-Za-z0-9_+/]*$")
          String timeZone,
      @JsonPropertyDescription("As min, while it holds.") @Default("0") @Min(0) @Max(1000) int min,
      @JsonPropertyDescription("As targetIdle, while it holds.") @Default("0") @Min(0) @Max(1000)
          int targetIdle) {

    public Schedule {
      days = days == null ? List.of() : List.copyOf(days);
    }
  }

  /** A day of the week. */
  public enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday
  }
}
