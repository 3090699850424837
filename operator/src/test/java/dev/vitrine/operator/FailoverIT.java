package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.testing.ControllerReplicas;
import dev.vitrine.operator.testing.FakeGarbageCollector;
import dev.vitrine.operator.testing.Invariants;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.operator.testing.SteadyLoad;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two packaged controllers under load, as their Deployment runs them: however one of them ends, the
 * other goes on, no session is lost, no pod leaked, and none claimed twice.
 */
class FailoverIT {

  private static final int IDLE = 4;
  private static final int VIEWERS_PER_SECOND = 10;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private static OperatorStand stand;
  private static ControllerReplicas controllers;

  private String app;
  private SteadyLoad load;

  @BeforeAll
  static void startControllers() throws IOException {
    stand = new OperatorStand(cluster);
    controllers = new ControllerReplicas(stand, 2);
  }

  @AfterAll
  static void endControllers() {
    controllers.close();
    stand.close();
  }

  @BeforeEach
  void startLoad() {
    controllers.awaitReady();
    app = "viewer-" + UUID.randomUUID();
    stand.createWarmApp(app, "{targetIdle: %d}".formatted(IDLE));
    load = SteadyLoad.on(stand, app, VIEWERS_PER_SECOND, 4);
  }

  @AfterEach
  void endLoad() {
    if (load != null) {
      load.close();
    }
  }

  @Test
  void a_leader_that_is_killed_is_followed_by_the_other_one() throws Exception {
    awaitMoreViewers();
    var leader = controllers.leaderAfter(null);

    leader.kill();

    controllers.leaderAfter(leader);
    assertGoesOn();
    assertNoneAssignedTwice();
  }

  @Test
  void a_leader_that_is_told_to_end_gives_the_lease_back_first() throws Exception {
    awaitMoreViewers();
    var leader = controllers.leaderAfter(null);

    leader.tellToEnd();
    leader.awaitEnd();

    assertThat(stand.leader()).as("who leads").isNotEqualTo(Optional.of(leader.name()));
    assertGoesOn();
    assertNoneAssignedTwice();
  }

  @Test
  void a_new_version_takes_over_one_controller_after_the_other() throws Exception {
    for (var controller : controllers.all()) {
      awaitMoreViewers();
      controllers.replace(controller);
    }

    assertGoesOn();
    assertNoneAssignedTwice();
  }

  /** For a moment there are two at work: a session may be told to two pods, and keeps one. */
  @Test
  void a_leader_that_stood_still_for_longer_than_its_lease_ends_itself() throws Exception {
    awaitMoreViewers();
    var leader = controllers.leaderAfter(null);

    leader.freeze();
    controllers.leaderAfter(leader);
    awaitMoreViewers();
    leader.thaw();

    leader.awaitEnd();
    assertGoesOn();
  }

  /** Until so many more are served that claims are under way at whatever moment. */
  private void awaitMoreViewers() {
    var wanted = served() + VIEWERS_PER_SECOND;
    await("more viewers to be served").atMost(LIMIT).until(() -> served() >= wanted);
  }

  private long served() {
    return stand.runtime.assignments().size();
  }

  private void assertNoneAssignedTwice() {
    Invariants.checkNoneAssignedTwice(
        stand.runtime.assignments().stream().filter(it -> it.session().name().startsWith(app)));
  }

  /** Viewers are served; then everything is as if there had been one controller all the time. */
  private void assertGoesOn() throws Exception {
    awaitMoreViewers();
    load.settle(0);
    stand.awaitIdlePods(app, IDLE);
    assertThat(stand.sessions.ofApp(app))
        .extracting(session -> session.getMetadata().getName())
        .as("sessions that are there")
        .containsExactlyInAnyOrderElementsOf(load.staying());
    var collector = new FakeGarbageCollector(stand.client, stand.namespace);
    await("one pod a session, and one session a pod")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              collector.sweep();
              Invariants.check(stand.client, stand.namespace, stand.runtime);
            });
  }
}
