package dev.vitrine.runtime.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionRulesTest {

  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final SessionRules rules =
      new SessionRules(new Lifetimes(60, 20, 300, 3600, 30, 0, 7200), Duration.ZERO);

  @Test
  void a_session_nobody_joins_ends() {
    assertEnds(SessionFacts.assigned(START), 60, EndReason.CONNECT_TIMEOUT);
  }

  @Test
  void a_viewer_who_does_nothing_is_idle_from_the_connection_on() {
    assertEnds(connectedAt(10), 310, EndReason.IDLE_TIMEOUT);
  }

  @Test
  void input_starts_the_idle_time_anew() {
    assertEnds(connectedAt(10).gotInput(at(200)), 500, EndReason.IDLE_TIMEOUT);
  }

  @Test
  void input_of_an_earlier_connection_does_not_make_a_new_one_idle() {
    var facts = connectedAt(10).gotInput(at(20)).disconnected(at(30), false).connected(at(45));
    assertEnds(facts, 345, EndReason.IDLE_TIMEOUT);
  }

  @Test
  void a_lost_connection_may_come_back_for_a_while() {
    assertEnds(connectedAt(10).disconnected(at(50), false), 70, EndReason.RECONNECT_TIMEOUT);
  }

  @Test
  void a_closed_page_may_come_back_as_long_and_ends_as_the_viewers_wish() {
    assertEnds(connectedAt(10).disconnected(at(50), true), 70, EndReason.CLOSED_BY_VIEWER);
  }

  @Test
  void the_window_starts_at_the_goodbye_and_not_when_the_connection_is_seen_to_end() {
    var facts = connectedAt(10).disconnected(at(50), true).disconnected(at(55), false);
    assertEnds(facts, 70, EndReason.CLOSED_BY_VIEWER);
  }

  @Test
  void a_viewer_who_came_back_is_forgiven_the_goodbye() {
    var facts = connectedAt(10).disconnected(at(50), true).connected(at(60));
    assertEnds(facts.disconnected(at(70), false), 90, EndReason.RECONNECT_TIMEOUT);
  }

  @Test
  void the_longest_duration_counts_from_the_assignment() {
    assertEnds(connectedAt(10).gotInput(at(3500)), 3600, EndReason.MAX_DURATION);
  }

  @Test
  void an_idle_time_and_a_duration_of_zero_have_no_limit() {
    var unlimited = new SessionRules(new Lifetimes(60, 20, 0, 0, 0, 1800, 7200), Duration.ZERO);
    assertThat(next(unlimited, connectedAt(10))).isEmpty();
  }

  @Test
  void an_end_under_the_viewers_eyes_is_told_in_time() {
    assertThat(next(rules, connectedAt(10))).map(Deadline::warnAt).hasValue(at(280));
    var late = connectedAt(10).gotInput(at(3500));
    assertThat(next(rules, late)).map(Deadline::warnAt).hasValue(at(3570));
  }

  @Test
  void of_a_short_time_half_passes_without_a_warning() {
    var brief = new SessionRules(new Lifetimes(60, 20, 0, 40, 30, 0, 40), Duration.ZERO);
    assertThat(next(brief, connectedAt(10))).map(Deadline::warnAt).hasValue(at(20));
  }

  @Test
  void where_nobody_watches_nobody_is_warned() {
    var alone = next(rules, SessionFacts.assigned(START)).orElseThrow();
    assertThat(alone.warnAt()).isEqualTo(alone.at());
  }

  @Test
  void an_extension_adds_to_the_longest_duration() {
    var extendable = extendable(1800, 7200);
    var facts = connectedAt(10).extended(at(3580));

    assertThat(extendable.maximum(connectedAt(10)))
        .hasValueSatisfying(end -> assertThat(end.extendableSeconds()).isEqualTo(1800));
    assertThat(extendable.maximum(facts))
        .hasValueSatisfying(
            end -> {
              assertThat(end.at()).isEqualTo(at(5400));
              assertThat(end.warnAt()).isEqualTo(at(5370));
              assertThat(end.message()).contains("5400 seconds");
            });
  }

  @Test
  void the_last_extension_leads_to_the_ceiling_of_the_class_and_no_further() {
    var extendable = extendable(3000, 7200);
    var once = connectedAt(10).extended(at(3580));
    var twice = once.extended(at(6580));

    assertThat(extendable.maximum(once))
        .hasValueSatisfying(end -> assertThat(end.extendableSeconds()).isEqualTo(600));
    assertThat(extendable.maximum(twice))
        .hasValueSatisfying(
            end -> {
              assertThat(end.at()).isEqualTo(at(7200));
              assertThat(end.extendableSeconds()).isZero();
            });
    assertThat(extendable.obstacleToExtension(twice))
        .hasValue("No session of this class may last longer than 7200 seconds.");
  }

  @Test
  void no_number_of_extensions_leads_beyond_the_ceiling() {
    for (int seconds : new int[] {1, 59, 3599, 86_400}) {
      var extendable = extendable(seconds, 7200);
      var facts = connectedAt(10);
      for (int times = 0; extendable.obstacleToExtension(facts).isEmpty(); times++) {
        assertThat(times).isLessThanOrEqualTo(3600);
        var before = extendable.maximum(facts).orElseThrow();
        facts = facts.extended(before.at());
        var after = extendable.maximum(facts).orElseThrow();
        assertThat(after.at()).isEqualTo(before.at().plusSeconds(before.extendableSeconds()));
        assertThat(after.warnAt()).isAfter(before.at());
      }
      assertThat(extendable.maximum(facts).orElseThrow().at()).isEqualTo(at(7200));
    }
  }

  @Test
  void of_a_short_extension_too_half_passes_without_a_warning() {
    var facts = connectedAt(10).extended(at(3580));
    assertThat(extendable(20, 7200).maximum(facts))
        .hasValueSatisfying(end -> assertThat(end.warnAt()).isEqualTo(at(3610)));
  }

  @Test
  void an_extension_counts_as_input() {
    assertEnds(connectedAt(10).extended(at(200)), 500, EndReason.IDLE_TIMEOUT);
  }

  @Test
  void what_cannot_be_extended_says_why() {
    var facts = connectedAt(10);
    assertThat(rules.obstacleToExtension(facts))
        .hasValue("Sessions of this class cannot be extended.");
    assertThat(rules.maximum(facts))
        .hasValueSatisfying(end -> assertThat(end.extendableSeconds()).isZero());
    var endless = new SessionRules(new Lifetimes(60, 20, 0, 0, 30, 60, 7200), Duration.ZERO);
    assertThat(endless.obstacleToExtension(facts))
        .hasValue("The session has no longest duration that could be extended.");
    assertThat(
            extendable(60, 7200).obstacleToExtension(facts.stopped(at(20), EndReason.NODE_DRAINED)))
        .hasValue("The session's pod was told to stop; that cannot be put off.");
  }

  @Test
  void a_begun_second_is_left_whole() {
    var end = rules.maximum(connectedAt(10)).orElseThrow();
    assertThat(end.secondsLeft(at(3590))).isEqualTo(10);
    assertThat(end.secondsLeft(at(3590).minusMillis(1))).isEqualTo(11);
  }

  private static SessionRules extendable(int extensionSeconds, int ceilingSeconds) {
    return new SessionRules(
        new Lifetimes(60, 20, 300, 3600, 30, extensionSeconds, ceilingSeconds), Duration.ZERO);
  }

  private static Optional<Deadline> next(SessionRules rules, SessionFacts facts) {
    return rules.deadlines(facts).stream().min(Comparator.comparing(Deadline::at));
  }

  private static SessionFacts connectedAt(int second) {
    return SessionFacts.assigned(START).connected(at(second));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private void assertEnds(SessionFacts facts, int second, EndReason reason) {
    assertThat(next(rules, facts))
        .hasValueSatisfying(
            deadline -> {
              assertThat(deadline.at()).isEqualTo(at(second));
              assertThat(deadline.reason()).isEqualTo(reason);
            });
  }
}
