package dev.vitrine.operator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.operator.testing.ControllerReplicas;
import dev.vitrine.operator.testing.FakeGarbageCollector;
import dev.vitrine.operator.testing.Invariants;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.operator.testing.SteadyLoad;
import dev.vitrine.testing.KubeApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Rows on a control plane that is killed again and again: its last line of output. Three
 * controllers, each a process of its own, of which one leads.
 */
public final class AvailabilityBench {

  private static final String APP = "viewer";
  private static final int CONTROLLERS = 3;
  private static final int IDLE = 8;
  private static final int FAILOVERS = 3;
  private static final int KILLS = 100;
  private static final int VIEWERS_PER_SECOND = 10;
  private static final int LONGEST_PAUSE_MILLIS = 500;

  /** Kills end then, however many there were: a machine on which it is over first is too slow. */
  private static final Duration KILLS_LIMIT = Duration.ofMinutes(30);

  private static final Duration AWAY = Duration.ofMinutes(1);

  /** As Lease has it. */
  private static final double LEASE_SECONDS = 7;

  private final KubeApiServer server;
  private final OperatorStand stand;
  private final ControllerReplicas controllers;
  private final List<Row> rows = new ArrayList<>();
  private final long begin = System.nanoTime();

  private AvailabilityBench(
      KubeApiServer server, OperatorStand stand, ControllerReplicas controllers) {
    this.server = server;
    this.stand = stand;
    this.controllers = controllers;
  }

  public static void main(String... arguments) throws Exception {
    var server = KubeApiServer.ofProgram();
    try (var stand = new OperatorStand(server);
        var controllers = new ControllerReplicas(stand, CONTROLLERS)) {
      var rows = new AvailabilityBench(server, stand, controllers).measure();
      System.out.println(new ObjectMapper().writeValueAsString(rows));
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // whatever threads there are, the API server is to end now
  }

  private List<Row> measure() throws Exception {
    controllers.awaitReady();
    stand.createWarmApp(APP, "{targetIdle: %d}".formatted(IDLE));
    failovers();
    outage();
    kills();
    say("done");
    return rows;
  }

  private void failovers() throws Exception {
    var seconds = new double[FAILOVERS];
    for (var i = 0; i < FAILOVERS; i++) {
      var leader = controllers.awaitReady();
      leader.kill();
      seconds[i] = secondsToClaim("failover-" + i);
      say("kill of the leader → first new claim: %.1f s", seconds[i]);
    }
    rows.add(
        Row.of(
                "kill of the leader → first new claim, longest of %d".formatted(FAILOVERS),
                Arrays.stream(seconds).max().orElseThrow(),
                "s")
            .beside("duration of the lease", LEASE_SECONDS)
            .atMost(10));
  }

  private void outage() throws Exception {
    controllers.awaitReady();
    var before = stand.sessions.ofApp(APP).size();
    try (var _ = server.outage()) {
      TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
    }
    rows.add(
        Row.of(
            "API server away for %d s, back → first new claim".formatted(AWAY.toSeconds()),
            secondsToClaim("after-outage"),
            "s"));
    rows.add(
        Row.of("sessions lost by that", before + 1 - stand.sessions.ofApp(APP).size(), "")
            .atMost(0));
    say("outage");
  }

  /** A killed leader's lease is taken away at once: how long it lasts is another row's affair. */
  private void kills() throws Exception {
    controllers.awaitReady();
    var random = new Random(4);
    var until = System.nanoTime() + KILLS_LIMIT.toNanos();
    var kills = 0;
    var earlier = stand.sessions.ofApp(APP).size();
    try (var load = SteadyLoad.on(stand, APP, VIEWERS_PER_SECOND, 4)) {
      for (; kills < KILLS && System.nanoTime() < until; kills++) {
        var leader = controllers.leaderAfter(null);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        leader.kill();
        stand.expireLease();
        controllers.leaderAfter(leader);
      }
      say("%d kills, %d viewers", kills, load.count());
      load.settle(earlier);
      new FakeGarbageCollector(stand.client, stand.namespace).sweep();
      stand.awaitIdlePods(APP, IDLE);
      rows.add(Row.of("kills of the leader under load", kills, "").atLeast(KILLS));
      rows.add(Row.of("viewers who came meanwhile", load.count(), ""));
      rows.add(Row.of("sessions lost", lost(load), "").atMost(0));
    }
    rows.add(Row.of("pods leaked", leaked(), "").atMost(0));
    rows.add(Row.of("sessions that were given two pods", givenTwo(), "").atMost(0));
    Invariants.check(stand.client, stand.namespace, stand.runtime);
  }

  private int lost(SteadyLoad load) {
    var missing = new HashSet<>(load.staying());
    stand.sessions.ofApp(APP).forEach(session -> missing.remove(session.getMetadata().getName()));
    return missing.size();
  }

  private int leaked() {
    return stand.kubelet.ofApp(APP).size() - IDLE - stand.sessions.ofApp(APP).size();
  }

  private long givenTwo() {
    return stand.runtime.assignments().stream()
        .collect(
            Collectors.groupingBy(
                it -> it.session().uid(),
                Collectors.mapping(it -> it.podUid(), Collectors.toSet())))
        .values()
        .stream()
        .filter(pods -> pods.size() > 1)
        .count();
  }

  private double secondsToClaim(String session) throws Exception {
    var asked = System.nanoTime();
    stand.claim(APP, session);
    return (System.nanoTime() - asked) / 1e9;
  }

  private void say(String words, Object... about) {
    var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    System.err.printf("%4d s  %s%n", seconds, words.formatted(about));
  }
}
