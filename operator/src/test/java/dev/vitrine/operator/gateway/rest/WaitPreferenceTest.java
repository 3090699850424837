package dev.vitrine.operator.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5 | 5",
        "respond-async, wait=7 | 7",
        "wait=9;foo=bar | 9",
        "wait=600 | 10",
        "wait=0 | 0",
        "wait=99999 | 0",
        "wait=-1 | 0",
        "wait=soon | 0",
        "await=5 | 0",
        "'' | 0",
      })
  void a_wait_is_read_and_bounded(String prefer, int seconds) {
    assertThat(WaitPreference.in(prefer)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void no_header_is_no_wait() {
    assertThat(WaitPreference.in(null)).isZero();
  }
}
