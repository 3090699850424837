package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.testing.Fixtures;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a session that may last an hour, of a class whose sessions may last 20,000 s. */
class DeadlineTest {

  private static final Instant ASSIGNED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Lifetimes HOUR = new Lifetimes(300, 120, 20, 86400, 3600, 60, 3600);
  private static final Optional<StreamClass> CLASS = Optional.of(Fixtures.streamClass("cpu", null));

  @Test
  void before_any_report_the_sum_of_the_lifetimes_holds() {
    var patient = new Lifetimes(300, 7200, 20, 900, 3600, 60, 3600);
    assertThat(Deadline.first(ASSIGNED, patient, CLASS, Optional.empty()))
        .isEqualTo(new Deadline(second(3630), EndReason.MaxDuration));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "tomorrow", "2026-01-01"})
  void a_runtime_that_names_no_end_is_held_to_the_sum(@Nullable String endsAt) {
    assertEnds(endsAt, CLASS, 3600);
  }

  @Test
  void an_extended_session_has_the_end_that_its_runtime_reports() {
    assertEnds(Times.micros(second(5400)), CLASS, 5400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T05:33:20.000001Z",
        "2026-01-02T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void no_runtime_lives_beyond_what_its_class_allows(String endsAt) {
    assertEnds(endsAt, CLASS, 20_000);
  }

  @Test
  void of_a_class_that_is_gone_nothing_is_known_to_be_allowed() {
    assertEnds(Times.micros(second(5400)), Optional.empty(), 3600);
  }

  private static void assertEnds(
      @Nullable String endsAt, Optional<StreamClass> streamClass, int second) {
    assertThat(Deadline.first(ASSIGNED, HOUR, streamClass, Optional.of(connected(endsAt))))
        .isEqualTo(new Deadline(second(second).plus(Deadline.GRACE), EndReason.MaxDuration));
  }

  private static Connection connected(@Nullable String endsAt) {
    return new Connection(
        1,
        Connection.State.Connected,
        Times.micros(ASSIGNED),
        null,
        null,
        null,
        endsAt,
        null,
        null,
        null,
        null,
        null);
  }

  private static Instant second(int second) {
    return ASSIGNED.plusSeconds(second);
  }
}
