package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.Invariants;
import dev.vitrine.operator.testing.storm.BusyCluster;
import dev.vitrine.operator.testing.storm.StormyApiServer;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An API server that refuses, loses and delays: every kind of write that the controller makes meets
 * every fault, past what the client mends of itself. Nothing is lost, doubled or left behind.
 */
class StormIT {

  /** All that the controller writes while it leads. A new kind belongs here, or this fails. */
  private static final Set<String> WRITES =
      Set.of(
          "create pods (dry run)",
          "create pods",
          "create pods (idle)",
          "create pods (a viewer)",
          "patch pods (a claim)",
          "patch pods (connected)",
          "patch pods (preempted)",
          "delete pods",
          "delete pods (unless changed)",
          "create streamsessions",
          "patch streamsessions/status",
          "delete streamsessions",
          "delete streamsessions (unless changed)",
          "patch streamingapprevisions",
          "patch streamingapprevisions/status",
          "delete streamingapprevisions",
          "patch streamingapps",
          "patch streamingapps/status",
          "patch configmaps",
          "patch poddisruptionbudgets",
          "patch networkpolicies",
          "patch daemonsets",
          "delete daemonsets",
          "create events");

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int APPS_AT_A_TIME = 12;
  private static final int MOST_APPS = 36;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void every_write_meets_every_fault_and_nothing_is_lost_or_doubled_or_left() throws Exception {
    try (var server = new StormyApiServer(cluster.config(), 1);
        var stand = new ControllerStand(cluster, server::newClient);
        var busy = new BusyCluster(stand)) {
      server.begin();
      liveUntilAllIsMet(busy, server);
      server.end();
      assertThat(server.kinds()).as("what is written").isEqualTo(WRITES);
      assertThat(server.unmet(WRITES)).as("what nobody has met").isEmpty();
      Invariants.checkNoneAssignedTwice(stand.runtime.assignments().stream());
      assertThat(stand.runtime.conflicts()).isZero();
      await("all to be gone").atMost(LIMIT).untilAsserted(() -> assertNothingIsLeft(stand));
      assertThat(preemptions(stand)).doesNotHaveDuplicates();
    }
  }

  /** One app after the other is made, used and deleted, some at a time. */
  private static void liveUntilAllIsMet(BusyCluster busy, StormyApiServer server) throws Exception {
    var last = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(APPS_AT_A_TIME)) {
      var all =
          IntStream.range(0, APPS_AT_A_TIME)
              .mapToObj(_ -> CompletableFuture.runAsync(() -> liveOn(busy, server, last), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).get(5, TimeUnit.MINUTES);
    }
  }

  private static void liveOn(BusyCluster busy, StormyApiServer server, AtomicInteger last) {
    while (!server.unmet(WRITES).isEmpty() && last.get() < MOST_APPS) {
      var app = last.incrementAndGet();
      busy.live("app-" + app);
      if (app == 1) {
        server.cutWatches();
      }
    }
  }

  private static void assertNothingIsLeft(ControllerStand stand) {
    var client = stand.client;
    assertThat(client.resources(StreamingApp.class).inNamespace(stand.namespace).list().getItems())
        .isEmpty();
    assertThat(client.resources(StreamSession.class).inNamespace(stand.namespace).list().getItems())
        .allMatch(StreamSession::hasEnded);
    assertThat(
            client.pods().inNamespace(stand.namespace).withLabel(PodLabels.APP).list().getItems())
        .isEmpty();
  }

  /** Of whom was said that they made room. */
  private static List<String> preemptions(ControllerStand stand) {
    return stand
        .client
        .resources(Event.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals("Preempted"))
        .map(event -> event.getRegarding().getUid())
        .toList();
  }
}
