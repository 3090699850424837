package dev.vitrine.operator.gateway.cluster;

import static dev.vitrine.operator.gateway.Fixtures.condition;
import static dev.vitrine.operator.gateway.Fixtures.pod;
import static dev.vitrine.operator.gateway.Fixtures.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionStateTest {

  private static final Optional<Pod> POD = Optional.of(pod("p-1", "s-1", "10.0.0.9"));

  @Test
  void a_session_nobody_has_looked_at_is_pending() {
    var fresh = session();
    fresh.setStatus(null);

    assertThat(SessionState.of(fresh, Optional.empty()))
        .isEqualTo(
            new SessionState.Pending(
                "Pending", "The session waits for the controller", Optional.empty()));
  }

  @Test
  void a_pending_session_says_what_it_waits_for_and_hides_a_pod_that_does_not_know_it_yet() {
    var starting = session(condition("Ready", "False", "Unschedulable", "0/1 nodes"));

    assertThat(SessionState.of(starting, POD))
        .isEqualTo(new SessionState.Pending("Unschedulable", "0/1 nodes", Optional.empty()));
  }

  @Test
  void an_assigned_session_has_its_pod_before_it_is_ready() {
    var assigned =
        session(
            condition("Ready", "False", "Assigning", "soon"),
            condition("Assigned", "True", "Assigned", ""));

    assertThat(SessionState.of(assigned, POD))
        .isEqualTo(new SessionState.Pending("Assigning", "soon", POD));
  }

  @Test
  void a_ready_session_is_ready_only_with_a_pod_to_dial() {
    var ready = session(condition("Ready", "True", "Waiting", "Join."));

    assertThat(SessionState.of(ready, POD)).isEqualTo(new SessionState.Ready("Join.", POD.get()));
    assertThat(SessionState.of(ready, Optional.empty())).isInstanceOf(SessionState.Pending.class);
  }

  @Test
  void an_ended_session_has_its_reason_whatever_else_is_said() {
    var ended =
        session(
            condition("Ready", "True", "Waiting", ""),
            condition("Ended", "True", "IdleTimeout", "Nobody did anything."));

    assertThat(SessionState.of(ended, POD))
        .isEqualTo(new SessionState.Ended("IdleTimeout", "Nobody did anything."));
  }

  @Test
  void a_session_that_goes_on_has_not_ended() {
    var running = session(condition("Ended", "False", "Running", ""));

    assertThat(SessionState.of(running, Optional.empty())).isInstanceOf(SessionState.Pending.class);
  }

  @Test
  void a_session_being_deleted_has_ended() {
    var deleted = session(condition("Ready", "True", "Waiting", ""));
    deleted.getMetadata().setDeletionTimestamp("2026-11-22T13:00:01Z");

    assertThat(SessionState.of(deleted, POD)).isInstanceOf(SessionState.Ended.class);
  }

  @Test
  void only_a_session_that_needs_nobody_elses_doing_is_on_its_way() {
    assertThat(of("False", "Starting").isOnItsWay()).isTrue();
    assertThat(of("Unknown", "Assigning").isOnItsWay()).isTrue();
    assertThat(of("False", "Queued").isOnItsWay()).isFalse();
    assertThat(of("True", "Waiting").isOnItsWay()).isFalse();
    assertThat(new SessionState.Ended("IdleTimeout", "").isOnItsWay()).isFalse();
  }

  private static SessionState of(String status, String reason) {
    return SessionState.of(session(condition("Ready", status, reason, "")), POD);
  }
}
