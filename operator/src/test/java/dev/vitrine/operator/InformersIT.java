package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.ApiServerProxy;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.testing.KubeApiServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One informer a kind: each further one costs the API server, and memory, as much again. */
class InformersIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void a_controller_watches_each_kind_once() throws Exception {
    try (var server = new ApiServerProxy(cluster.config(), ApiServerProxy.Call::passOn);
        var stand = new OperatorStand(cluster, server.way(), Map.of());
        var _ = stand.startController()) {
      stand.createWarmApp("viewer", "{targetIdle: 1}");
      stand.claim("viewer", "one");

      assertThat(server.watched())
          .containsExactlyInAnyOrder(
              "configmaps",
              "daemonsets",
              "networkpolicies",
              "nodes",
              "poddisruptionbudgets",
              "pods",
              "streamclasses",
              "streamingapprevisions",
              "streamingapps",
              "streamsessions");
    }
  }
}
