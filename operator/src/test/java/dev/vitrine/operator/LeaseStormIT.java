package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.keys.SigningKeyReconciler;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.operator.testing.storm.Fault;
import dev.vitrine.operator.testing.storm.StormyApiServer;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a controller writes before it does anything: who leads, and the keys that sign. */
class LeaseStormIT {

  private static final String RENEWAL = "patch leases";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  /** A renewal that fails is not a lost lease: it has time for others. */
  @Test
  void no_fault_of_one_renewal_costs_a_leader_the_lead() throws Exception {
    try (var server = new StormyApiServer(cluster.config(), 1);
        var stand = new OperatorStand(cluster, server.config(), StormyApiServer.environment());
        var controller = stand.startController();
        var _ = stand.beginController()) {
      stand.createWarmApp("viewer", "{targetIdle: 1}");

      server.begin(RENEWAL::equals);
      await("every fault").atMost(LIMIT).until(() -> server.unmet(Set.of(RENEWAL)).isEmpty());
      server.end();

      assertThat(controller.isAlive()).isTrue();
      assertThat(stand.leader()).contains(controller.name());
      stand.claim("viewer", "after");
      stand.checkInvariants();
    }
  }

  /** A process that fails is started anew, and finds what the last one has made. */
  @Test
  void a_key_is_made_once_whatever_befalls_it() throws Exception {
    var namespace = cluster.newNamespace();
    var made = new HashMap<String, SigningKey>();
    try (var server = new StormyApiServer(cluster.config(), 1);
        var client = server.newClient()) {
      var keys = new SigningKeyReconciler(client, namespace);
      server.begin();
      for (var i = 0; i <= 2 * Fault.values().length; i++) {
        var name = "app-" + i;
        made.put(
            name,
            await(name).atMost(LIMIT).ignoreExceptions().until(() -> keys.keyIn(name), _ -> true));
      }
      server.end();

      assertThat(server.unmet(Set.of("create secrets"))).isEmpty();
      assertThat(made)
          .allSatisfy(
              (name, key) -> assertThat(keys.keyIn(name).publicKeys()).isEqualTo(key.publicKeys()));
    }
  }
}
