package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replicas of the gateway come and go in the middle of a set-up, and hold nothing of it. */
class ReplicasIT {

  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";
  private static final String ANSWER =
      "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\",\"resume\":\"secret\"}";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess survivor = new GatewayProcess(cluster, "none");

  /** What a page's library does of itself: it asks for a fresh token, and dials again. */
  @Test
  void a_set_up_that_lost_its_replica_succeeds_through_another_one() throws Exception {
    var stand = new Stand(cluster);
    var session = stand.session(cluster.newNamespace(), "viewer-1");
    stand.pod(session, "127.0.0.1");
    stand.ready(session);
    try (var pod = new HesitantPod(survivor.podPort());
        var doomed = survivor.startReplica()) {
      doomed.process().awaitReady();
      var firstToken = connectToken(doomed, session);
      try (var browser = dial(doomed, session, firstToken)) {
        browser.send(OFFER);
        await("the offer to be with the pod").atMost(LIMIT).until(() -> pod.offers.size() == 1);

        doomed.process().kill();

        await("the pod to hear that nobody waits for its answer")
            .atMost(LIMIT)
            .until(() -> pod.offers.getFirst().isClosed());
      }
      var secondToken = connectToken(survivor, session);
      try (var browser = dial(survivor, session, secondToken)) {
        browser.send(OFFER);
        await("the second offer").atMost(LIMIT).until(() -> pod.offers.size() == 2);
        pod.offers.getLast().writeTextMessage(ANSWER);

        assertThat(browser.message()).isEqualTo(ANSWER);
      }
      assertThat(pod.tokens).doesNotHaveDuplicates().containsExactly(firstToken, secondToken);
    }
  }

  @Test
  void a_replica_is_not_ready_before_it_has_read_the_cluster_and_has_a_key() throws Exception {
    var session = new Stand(cluster).session(cluster.newNamespace(), "viewer-2");
    try (var replica = survivor.startReplica();
        var front = new Front()) {
      replica.process().awaitReady();

      var list =
          front.get(
              replica.address(
                  "/namespaces/%s/streaming/stream"
                      .formatted(session.getMetadata().getNamespace())));

      assertThat(list.body()).as("what the first call sees").contains("viewer-2");
    }
  }

  private static String connectToken(GatewayProcess gateway, StreamSession session)
      throws Exception {
    var namespace = session.getMetadata().getNamespace();
    var id = namespace + "." + session.getMetadata().getName();
    try (var front = new Front()) {
      return await("a connect token of " + id)
          .atMost(LIMIT)
          .until(
              () ->
                  front
                      .get(
                          gateway.address(
                              "/namespaces/%s/streaming/stream/%s".formatted(namespace, id)))
                      .json()
                      .path("connect")
                      .path("token")
                      .asText(),
              token -> !token.isEmpty());
    }
  }

  private static Browser dial(GatewayProcess gateway, StreamSession session, String token)
      throws Exception {
    var metadata = session.getMetadata();
    return Browser.dial(
        "ws://127.0.0.1:%d/signal/%s/%s"
            .formatted(gateway.port(), metadata.getNamespace(), metadata.getName()),
        token);
  }

  /** Hears offers, and answers none by itself. */
  private static final class HesitantPod implements AutoCloseable {

    final List<ServerWebSocket> offers = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    HesitantPod(int port) throws Exception {
      vertx
          .createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("vitrine.v1")))
          .webSocketHandler(this::serve)
          .listen(port, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }

    private void serve(ServerWebSocket socket) {
      var protocols = socket.headers().get("Sec-WebSocket-Protocol");
      tokens.add(protocols.substring(protocols.indexOf("vitrine.token.") + 14));
      socket.textMessageHandler(_ -> offers.add(socket));
    }

    @Override
    public void close() {
      vertx.close();
    }
  }
}
