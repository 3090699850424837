package dev.vitrine.runtime.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.app.viewer.Seat.Admission.Granted;
import dev.vitrine.runtime.app.viewer.Seat.Admission.Refused;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeatTest {

  private final AtomicInteger count = new AtomicInteger();
  private final Seat kept = new Seat(SeatRule.KEPT, () -> "secret-" + count.incrementAndGet());
  private final Seat freed = new Seat(SeatRule.FREED, () -> "secret-" + count.incrementAndGet());

  @Test
  void the_first_to_come_sits_down() {
    assertThat(kept.ask(null)).isEqualTo(new Granted("secret-1"));
  }

  @Test
  void a_secret_from_elsewhere_does_not_keep_the_first_from_sitting_down() {
    assertThat(kept.ask("of another session")).isEqualTo(new Granted("secret-1"));
  }

  @Test
  void a_second_viewer_is_refused() {
    kept.ask(null);
    assertThat(kept.ask(null)).isInstanceOf(Refused.class);
    assertThat(kept.ask("a guess")).isInstanceOf(Refused.class);
  }

  @Test
  void the_holder_takes_over_from_its_own_older_connection() {
    kept.ask(null);
    assertThat(kept.ask("secret-1")).isEqualTo(new Granted("secret-1"));
  }

  @Test
  void a_connection_that_never_stood_binds_nobody() {
    kept.ask(null);
    kept.leave();
    assertThat(kept.ask(null)).isEqualTo(new Granted("secret-2"));
  }

  @Test
  void a_kept_seat_waits_for_its_holder() {
    kept.ask(null);
    kept.sitDown();
    kept.leave();
    assertThat(kept.ask(null)).isInstanceOf(Refused.class);
    assertThat(kept.ask("secret-1")).isEqualTo(new Granted("secret-1"));
  }

  @Test
  void a_freed_seat_is_for_whoever_comes_next_and_the_old_secret_is_worth_nothing() {
    freed.ask(null);
    freed.sitDown();
    freed.leave();
    assertThat(freed.ask(null)).isEqualTo(new Granted("secret-2"));
    assertThat(freed.ask("secret-1")).isInstanceOf(Refused.class);
  }

  @Test
  void a_granted_seat_does_not_print_its_secret() {
    assertThat(kept.ask(null)).hasToString("Granted");
  }
}
