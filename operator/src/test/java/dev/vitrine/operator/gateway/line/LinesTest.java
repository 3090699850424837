package dev.vitrine.operator.gateway.line;

import static dev.vitrine.operator.gateway.Fixtures.condition;
import static dev.vitrine.operator.gateway.Fixtures.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LinesTest {

  private Instant now = Instant.parse("2026-11-22T13:00:00Z");
  private int looks;

  private final WaitingPages waiting = new WaitingPages(() -> now);
  private final Lines lines =
      new Lines(
          at -> Map.of("s-1", new Place(++looks, 9, OptionalInt.empty())), waiting, () -> now);

  @Test
  void the_places_are_worked_out_once_a_second_however_many_ask() {
    var session = session(condition("Ready", "False", "Queued", "In line"));
    for (var asked = 0; asked < 100; asked++) {
      assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(1);
    }
    now = now.plusMillis(999);
    assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(1);
    now = now.plusMillis(1);
    assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_set_back_or_forward_stops_no_line() {
    var session = session(condition("Ready", "False", "Queued", "In line"));
    assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(1);
    now = now.minusSeconds(3600);
    assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(2);
    now = now.plusSeconds(7200);
    assertThat(lines.placeOf(session).orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void a_session_that_does_not_wait_has_no_place_and_costs_nothing() {
    assertThat(lines.placeOf(session(condition("Ready", "True", "Waiting", "Join")))).isEmpty();
    assertThat(looks).isZero();
  }

  @Test
  void who_asks_counts_as_waiting_until_it_asks_no_more() {
    var first = session(condition("Ready", "False", "Queued", "In line"));
    var second = session(condition("Ready", "False", "Queued", "In line"));
    second.getMetadata().setUid("s-2");
    lines.placeOf(first);
    lines.placeOf(session(condition("Ready", "True", "Waiting", "Join")));
    now = now.plusSeconds(8);
    lines.placeOf(second);
    lines.placeOf(second);
    assertThat(waiting.count()).isEqualTo(2);
    now = now.plusSeconds(8);
    assertThat(waiting.count()).isEqualTo(1);
  }

  @Test
  void a_session_that_came_this_very_second_has_none_yet() {
    var newcomer = session(condition("Ready", "False", "Queued", "In line"));
    newcomer.getMetadata().setUid("s-2");
    assertThat(lines.placeOf(newcomer)).isEmpty();
  }
}
