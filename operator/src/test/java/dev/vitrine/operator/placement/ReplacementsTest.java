package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.placement.Replacements.Later;
import dev.vitrine.operator.support.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplacementsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.010Z");
  private static final Pool POOL = new Pool(new Key("ns", "app"), "app-1", "cpu");
  private static final Pool OTHER = new Pool(new Key("ns", "other"), "other-1", "cpu");

  private final Replacements replacements = new Replacements();

  @Test
  void each_is_due_a_second_after_its_own_claim() {
    replacements.add(POOL, NOW);
    replacements.add(POOL, NOW.plusMillis(900));
    assertThat(notDue(990)).isEqualTo(new Later(2, NOW.plusMillis(1040)));
    assertThat(notDue(1040)).isEqualTo(new Later(1, NOW.plusMillis(1940)));
    assertThat(notDue(1940)).isNull();
  }

  @Test
  void one_look_serves_those_of_a_moment() {
    IntStream.range(0, 40).forEach(i -> replacements.add(POOL, NOW.plusMillis(i)));
    assertThat(notDue(1039)).isEqualTo(new Later(40, NOW.plusMillis(1040)));
    assertThat(notDue(1040)).isNull();
  }

  @Test
  void a_pool_that_is_not_wanted_any_more_is_forgotten() {
    replacements.add(POOL, NOW);
    assertThat(replacements.later(NOW, List.of(OTHER))).isEmpty();
    assertThat(notDue(0)).isNull();
  }

  @Test
  void a_clock_that_is_put_back_puts_nothing_off() {
    replacements.add(POOL, NOW.plus(Duration.ofHours(1)));
    assertThat(notDue(0)).isNull();
    replacements.add(POOL, NOW);
    assertThat(notDue(0)).isNotNull();
  }

  private Later notDue(long millis) {
    return replacements.later(NOW.plusMillis(millis), List.of(POOL, OTHER)).get(POOL);
  }
}
