package dev.vitrine.runtime.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageAllowanceTest {

  private long now = Long.MAX_VALUE - 5; // a clock of nanoseconds may overflow
  private final MessageAllowance allowance = new MessageAllowance(() -> now);

  @Test
  void so_many_are_taken_at_once_and_no_more() {
    assertThat(takenOf(1000)).isEqualTo(50);
  }

  @Test
  void then_so_many_a_second() {
    takenOf(1000);
    pass(Duration.ofSeconds(1));
    assertThat(takenOf(1000)).isEqualTo(50);
    pass(Duration.ofMillis(20));
    assertThat(takenOf(1000)).isEqualTo(1);
  }

  @Test
  void silence_saves_up_no_more_than_what_is_taken_at_once() {
    takenOf(1000);
    pass(Duration.ofHours(1));
    assertThat(takenOf(1000)).isEqualTo(50);
  }

  @Test
  void a_refusal_is_told_once_a_second() {
    assertThat(allowance.tellsRefusal()).isTrue();
    assertThat(allowance.tellsRefusal()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(allowance.tellsRefusal()).isTrue();
  }

  private int takenOf(int messages) {
    int taken = 0;
    for (int i = 0; i < messages; i++) {
      taken += allowance.take() ? 1 : 0;
    }
    return taken;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
