package dev.vitrine.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

  @Test
  void fewer_than_three_places_say_nothing() {
    assertThat(Pace.measured(List.of(), NOW)).isEmpty();
    assertThat(Pace.measured(List.of(NOW.minusSeconds(1), NOW.minusSeconds(2)), NOW)).isEmpty();
  }

  @Test
  void only_the_last_quarter_of_an_hour_counts() {
    var old = NOW.minus(Pace.WINDOW);
    var given = List.of(NOW, old.plusSeconds(1), old, old.minusSeconds(1));
    assertThat(Pace.measured(given, NOW)).isEmpty();
    assertThat(Pace.measured(given, NOW.minusSeconds(2))).contains(new Pace(4));
  }

  @Test
  void places_given_at_once_do_not_promise_as_many_more() {
    var burst = Collections.nCopies(15, NOW.minusSeconds(1));
    assertThat(Pace.measured(burst, NOW)).contains(new Pace(15));
    assertThat(new Pace(15).expectedSeconds(15)).isEqualTo(900);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 900, 10",
    "1, 90, 10",
    "1, 89, 20",
    "3, 45, 60",
    "3, 44, 120",
    "7, 7, 900",
    "10000, 3, 3000000",
  })
  void a_wait_is_rounded_up(int place, int placesGiven, int expected) {
    assertThat(new Pace(placesGiven).expectedSeconds(place)).isEqualTo(expected);
  }
}
