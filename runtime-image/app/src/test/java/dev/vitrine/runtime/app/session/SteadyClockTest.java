package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Instant wall = NOON;
  private long nanos = Long.MAX_VALUE - 1;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  @Test
  void it_begins_at_the_time_of_day() {
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void it_goes_on_with_the_monotonic_clock_beyond_where_that_overflows() {
    nanos += TimeUnit.HOURS.toNanos(1);
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600));
  }

  @Test
  void a_clock_that_is_set_forward_or_back_does_not_move_it() {
    nanos += TimeUnit.SECONDS.toNanos(1);
    for (var step : new long[] {86_400, -86_400}) {
      wall = NOON.plusSeconds(step);
      assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1));
    }
  }
}
