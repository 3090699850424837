package dev.vitrine.operator.metrics.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldTimeTest {

  private final HeldTime<String> time = new HeldTime<>();

  private static Instant at(double seconds) {
    return Instant.EPOCH.plusNanos((long) (seconds * 1e9));
  }

  @Test
  void it_grows_while_things_are_held_and_stays_when_they_are_not() {
    time.hold("a", 2, at(10));
    assertThat(time.seconds(at(10.5))).isEqualTo(Map.of("a", 1.0));
    assertThat(time.seconds(at(11))).isEqualTo(Map.of("a", 2.0));
    time.hold("a", -1, at(12));
    time.hold("a", -1, at(15));
    assertThat(time.seconds(at(100))).isEqualTo(Map.of("a", 7.0));
  }

  @Test
  void each_account_has_its_own() {
    time.hold("a", 1, at(0));
    time.hold("b", 1, at(5));
    assertThat(time.seconds(at(6))).isEqualTo(Map.of("a", 6.0, "b", 1.0));
  }

  @Test
  void a_clock_that_is_set_back_takes_nothing_away_and_counts_nothing_twice() {
    time.hold("a", 1, at(100));
    assertThat(time.seconds(at(110))).isEqualTo(Map.of("a", 10.0));
    assertThat(time.seconds(at(50))).isEqualTo(Map.of("a", 10.0));
    assertThat(time.seconds(at(111))).isEqualTo(Map.of("a", 11.0));
  }

  @Test
  void an_account_is_kept_for_as_long_as_something_is_held() {
    time.hold("a", 1, at(0));
    time.forget(_ -> true);
    assertThat(time.seconds(at(1))).containsKey("a");
    time.hold("a", -1, at(1));
    time.forget(_ -> false);
    assertThat(time.seconds(at(1))).containsKey("a");
    time.forget(_ -> true);
    assertThat(time.seconds(at(1))).isEmpty();
  }
}
