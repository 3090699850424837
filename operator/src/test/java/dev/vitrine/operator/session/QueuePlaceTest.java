package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePlaceTest {

  @ParameterizedTest
  @CsvSource({
    ", 21, ",
    ", 20, 20",
    ", 7, 7",
    "7, 6, 7",
    "7, 5, 5",
    "7, 4, 4",
    "4, 4, 4",
    "3, 1, 1",
    "5, 8, 8",
    "5, 21, "
  })
  void few_places_are_worth_a_write(Integer written, int place, Integer toReport) {
    assertThat(QueuePlace.toReport(written, place)).isEqualTo(toReport);
  }
}
