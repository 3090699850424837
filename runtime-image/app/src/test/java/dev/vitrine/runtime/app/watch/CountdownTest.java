package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountdownTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it may well overflow
  private final Countdown countdown = new Countdown(Duration.ofSeconds(10), now::get);

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void what_has_passed_is_not_left() {
    pass(4);

    assertThat(countdown.passed()).isEqualTo(Duration.ofSeconds(4));
    assertThat(countdown.left()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void a_wait_is_never_longer_than_what_is_left() {
    pass(8);

    assertThat(countdown.leftUpTo(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(countdown.leftUpTo(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void after_the_end_nothing_is_left_and_nothing_pauses() {
    pass(99);

    assertThat(countdown.left()).isZero();
    countdown.pause(Duration.ofDays(1));
  }
}
