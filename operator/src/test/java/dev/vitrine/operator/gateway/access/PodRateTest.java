package dev.vitrine.operator.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodRateTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final PodRate rate = new PodRate(now::get);

  private long allowedOf(int tries, String pod) {
    return IntStream.range(0, tries).filter(_ -> rate.allows(pod)).count();
  }

  @Test
  void a_burst_passes_and_then_five_a_second() {
    assertThat(allowedOf(100, "a")).isEqualTo(20);
    now.set(Instant.ofEpochSecond(1));
    assertThat(allowedOf(100, "a")).isEqualTo(5);
  }

  @Test
  void a_clock_that_is_set_back_or_forward_stops_nobody() {
    for (var step : new long[] {-3600, 3600}) {
      allowedOf(100, "a");
      now.set(now.get().plusSeconds(step));
      assertThat(allowedOf(100, "a")).isEqualTo(20);
    }
  }

  @Test
  void one_pod_takes_nothing_from_another() {
    allowedOf(100, "a");

    assertThat(allowedOf(100, "b")).isEqualTo(20);
  }
}
