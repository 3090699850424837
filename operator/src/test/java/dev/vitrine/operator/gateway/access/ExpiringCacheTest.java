package dev.vitrine.operator.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger asked = new AtomicInteger();
  private final ExpiringCache<String, Integer> cache =
      new ExpiringCache<>(2, Duration.ofSeconds(10), now::get);

  @Test
  void an_answer_is_remembered_until_its_time_is_over() {
    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(1);
    now.set(Instant.ofEpochSecond(9));
    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(1);
    now.set(Instant.ofEpochSecond(10));
    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_set_back_or_forward_keeps_no_answer_for_longer() {
    cache.get("a", asked::incrementAndGet);
    now.set(Instant.ofEpochSecond(-3600));
    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(2);
    now.set(Instant.ofEpochSecond(3600));
    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(3);
  }

  @Test
  void no_more_answers_are_kept_than_the_limit() {
    cache.get("a", asked::incrementAndGet);
    cache.get("b", asked::incrementAndGet);
    cache.get("c", asked::incrementAndGet);

    assertThat(cache.get("a", asked::incrementAndGet)).isEqualTo(4);
  }
}
