package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.testing.ApiServerProxy;
import dev.vitrine.testing.KubeApiServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One informer a kind: each further one costs the API server, and memory, as much again. */
class InformersIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void a_gateway_watches_each_kind_once() throws Exception {
    try (var server = new ApiServerProxy(cluster.config(), ApiServerProxy.Call::passOn);
        var gateway = GatewayProcess.through(server.way(), cluster, "none", Map.of());
        var front = new Front()) {
      gateway.process().awaitReady();
      var stand = new Stand(cluster);
      var namespace = cluster.newNamespace();
      var session = stand.session(namespace, "viewer-1");
      stand.pod(session, "127.0.0.1");
      stand.ready(session);
      var stream = "/namespaces/%1$s/streaming/stream/%1$s.viewer-1".formatted(namespace);
      await("a session that can be joined")
          .atMost(LIMIT)
          .until(() -> front.get(gateway.address(stream)).json().has("connect"));

      assertThat(server.watched())
          .containsExactlyInAnyOrder("pods", "streamclasses", "streamingapps", "streamsessions");
    }
  }
}
