package dev.vitrine.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.operator.testing.ApiWrites;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionLivesTest {

  @Test
  void every_kind_that_was_written_has_a_row_and_no_other_one() {
    var writes = Map.of("streamsessions", 7.0, "pods", 3.0, "streamingapps", 0.5);
    assertThat(new SessionLives(1, new ApiWrites(new TreeMap<>(writes))).rows())
        .extracting(Row::name, row -> row.value().doubleValue(), Row::holds)
        .containsExactly(
            tuple("writes to pods in a session's life", 3.0, null),
            tuple("writes to streamingapps in a session's life", 0.5, null),
            tuple("writes to streamsessions in a session's life", 7.0, false),
            tuple("writes of a session's life in all", 10.5, true));
  }
}
