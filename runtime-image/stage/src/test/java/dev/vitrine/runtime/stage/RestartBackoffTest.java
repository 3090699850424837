package dev.vitrine.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

  private Instant now = Instant.EPOCH;

  @Test
  void the_first_restart_is_at_once_and_the_next_ones_wait_longer() {
    var backoff = new RestartBackoff(4, () -> now);

    assertThat(backoff.nextDelay()).contains(Duration.ZERO);
    assertThat(backoff.nextDelay()).contains(Duration.ofMillis(250));
    assertThat(backoff.nextDelay()).contains(Duration.ofMillis(500));
    assertThat(backoff.nextDelay()).contains(Duration.ofSeconds(1));
    assertThat(backoff.nextDelay()).isEmpty();
  }

  @Test
  void no_wait_is_longer_than_ten_seconds() {
    var backoff = new RestartBackoff(100, () -> now);
    var last = Optional.<Duration>empty();
    for (int i = 0; i < 100; i++) {
      last = backoff.nextDelay();
    }
    assertThat(last).contains(Duration.ofSeconds(10));
  }

  @Test
  void a_process_that_was_ready_only_briefly_counts_as_lost_again() {
    var backoff = new RestartBackoff(2, () -> now);
    backoff.nextDelay();
    backoff.ready();
    now = now.plusSeconds(59);
    assertThat(backoff.nextDelay()).contains(Duration.ofMillis(250));
    backoff.ready();
    assertThat(backoff.nextDelay()).isEmpty();
  }

  @Test
  void a_minute_of_calm_forgets_earlier_losses() {
    var backoff = new RestartBackoff(1, () -> now);
    backoff.nextDelay();
    backoff.ready();
    now = now.plusSeconds(61);
    assertThat(backoff.nextDelay()).contains(Duration.ZERO);
  }
}
