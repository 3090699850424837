package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions that can be joined, and the lifetimes that their runtime keeps. */
class SessionServingTest extends PlannedSession {

  @Test
  void an_accepted_session_is_ready_and_knows_when() {
    assigned();
    var plan = plan();
    assertReady(plan, "True", "Waiting");
    assertThat(condition(plan, ConditionType.ASSIGNED).getStatus()).isEqualTo("True");
    assertThat(plan.status().timeline().assignedAt()).isEqualTo(Times.micros(NOW));
    assertThat(plan.lookAgainIn()).contains(Duration.ofSeconds(150));
  }

  @Test
  void a_connected_viewer_is_reported_and_labelled() {
    assigned();
    reported(Connection.State.Connected, null);
    var plan = plan();
    assertReady(plan, "True", "Connected");
    assertThat(condition(plan, ConditionType.CONNECTED).getStatus()).isEqualTo("True");
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.LabelConnected.class, it -> assertThat(it.connected()).isTrue());
    assertThat(plan.status().timeline().connectedAt()).isEqualTo("2026-01-01T00:00:00.123456Z");
    assertThat(plan.status().connection()).isNull();
  }

  @Test
  void a_stage_that_cannot_be_opened_is_told_in_the_state() {
    assigned();
    reported(Connection.State.Connected, "a.usda is empty");
    assertThat(condition(plan(), ConditionType.READY).getMessage())
        .isEqualTo("A viewer is connected; the stage could not be opened: a.usda is empty");
  }

  @Test
  void an_overdue_runtime_is_asked_before_it_is_ended() {
    assigned();
    now = NOW.plusSeconds(149);
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(150);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
    state = Optional.of(new PodAnswer.Yes(now));
    assertReady(plan(), "True", "Waiting");
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(180);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
  }

  @Test
  void a_viewer_who_moves_is_asked_about_once_in_the_idle_time() {
    assigned();
    reported(Connection.State.Connected, null);
    now = NOW.plusSeconds(930);
    assertThat(asksForState()).isTrue();
    state = Optional.of(new PodAnswer.Yes(now, connected(now.minusSeconds(5))));
    assertThat(asksForState()).isFalse();
    assertThat(plan().lookAgainIn()).contains(Duration.ofSeconds(925));
    now = now.plusSeconds(924);
    assertThat(asksForState()).isFalse();
    now = now.plusSeconds(1);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void what_a_runtime_said_before_it_was_overdue_says_nothing_of_that() {
    assigned();
    state = Optional.of(new PodAnswer.Yes(NOW.plusSeconds(140), connected(NOW.plusSeconds(140))));
    now = NOW.plusSeconds(150);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void an_idle_runtime_that_answers_and_does_not_end_is_asked_again_and_again() {
    assigned();
    reported(Connection.State.Connected, null);
    now = NOW.plusSeconds(930);
    state = Optional.of(new PodAnswer.Yes(now, connected(NOW)));
    assertThat(plan().lookAgainIn()).contains(Deadline.GRACE);
    now = now.plus(Deadline.GRACE);
    assertThat(asksForState()).isTrue();
  }

  @Test
  void a_runtime_that_says_when_asked_that_its_session_is_over_is_believed() {
    assigned();
    now = NOW.plusSeconds(150);
    state = Optional.of(new PodAnswer.Yes(now, reportedEnd(EndReason.IdleTimeout, "Nobody moved")));
    assertEnded("IdleTimeout", "Nobody moved");
  }

  @Test
  void a_silent_overdue_runtime_is_ended_with_its_reason() {
    assigned();
    now = NOW.plusSeconds(151);
    state = Optional.of(new PodAnswer.Silence(now, "timeout"));
    assertEnded("ConnectTimeout", "The runtime did not end the session itself, nor answer");
  }

  @Test
  void a_clock_that_jumps_ends_nobody() {
    assigned();
    settle();
    now = NOW.minusSeconds(86_400);
    assertThat(plan().status()).isEqualTo(session.getStatus());
    assertThat(plan().actions()).isEmpty();
    now = NOW.plusSeconds(86_400);
    assertThat(plan().actions()).singleElement().isInstanceOf(Action.AskState.class);
    assertThat(plan().status()).isEqualTo(session.getStatus());
  }

  @Test
  void a_cluster_failure_makes_the_state_unknown_and_keeps_the_rest() {
    assigned();
    settle();
    var status = SessionReport.failed(view(), new IllegalStateException("boom"));
    var ready = Conditions.find(status.conditions(), ConditionType.READY).orElseThrow();
    assertThat(ready.getStatus()).isEqualTo("Unknown");
    assertThat(ready.getMessage()).isEqualTo("boom");
    assertThat(Conditions.holds(status.conditions(), ConditionType.ASSIGNED)).isTrue();
    assertThat(status.podName()).isEqualTo("one-01234567");
  }

  private boolean asksForState() {
    return plan().actions().stream().anyMatch(Action.AskState.class::isInstance);
  }

  private static Connection connected(Instant lastInputAt) {
    return new Connection(
        0,
        Connection.State.Connected,
        Times.micros(NOW),
        null,
        null,
        Times.micros(lastInputAt),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
