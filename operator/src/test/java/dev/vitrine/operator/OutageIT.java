package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.testing.ControllerReplicas;
import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.testing.KubeApiServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server is away for longer than a lease: nobody is cut off, and then all goes on. */
class OutageIT {

  private static final String APP = "viewer";
  private static final int SESSIONS = 5;

  /** Longer than a lease. */
  private static final Duration AWAY = Duration.ofSeconds(10);

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void sessions_outlive_an_outage_and_new_ones_are_served_after_it() throws Exception {
    var port = OperatorProcess.freePort();
    try (var stand = new OperatorStand(cluster);
        var controllers = new ControllerReplicas(stand, 2);
        var gateway = stand.startGateway(port)) {
      var leader = controllers.awaitReady();
      var standby = controllers.all().stream().filter(it -> it != leader).findFirst().orElseThrow();
      stand.createWarmApp(APP, "{targetIdle: 2}");
      for (var i = 0; i < SESSIONS; i++) {
        stand.claim(APP, "before-" + i);
      }
      gateway.awaitReady();
      var before = pods(stand.sessions.ofApp(APP));

      try (var _ = cluster.outage()) {
        // Not a wait for something: this is how long it is away.
        new CountDownLatch(1).await(AWAY.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(gateway.isReady()).as("the gateway goes on with what it knows").isTrue();
      }

      stand.claim(APP, "after");
      assertThat(standby.isAlive()).as("the controller that did not lead goes on").isTrue();
      gateway.awaitReady();
      var list =
          "http://127.0.0.1:%d/namespaces/%s/streaming/stream".formatted(port, stand.namespace);
      await("the gateway's watch to tell of what came after")
          .atMost(LIMIT)
          .until(() -> get(list).contains(stand.namespace + ".after"));
      stand.awaitIdlePods(APP, 2);
      assertThat(pods(stand.sessions.ofApp(APP))).containsAllEntriesOf(before);
      stand.checkInvariants();
    }
  }

  private static String get(String address) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static Map<String, String> pods(List<StreamSession> sessions) {
    return sessions.stream()
        .collect(
            Collectors.toMap(it -> it.getMetadata().getName(), it -> it.getStatus().podName()));
  }
}
