package dev.vitrine.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00Z, 0s",
    "2026-11-22T09:59:01Z, 59s",
    "2026-11-22T09:59:00Z, 1m",
    "2026-11-22T08:00:01Z, 1h",
    "2026-11-20T10:00:00Z, 2d",
    "2026-11-22T10:00:05Z, 0s"
  })
  void the_largest_unit_that_fits(String since, String age) {
    assertThat(Age.of(since, Instant.parse("2026-11-22T10:00:00Z"))).isEqualTo(age);
  }
}
