package dev.vitrine.operator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who led before, as the lease tells it, with the elector that takes it. */
class LeaseIT {

  private static final int LIMIT_SECONDS = 30;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private final KubernetesClient client = cluster.newClient();
  private final String namespace = cluster.newNamespace();
  private final Lease mine = new Lease(namespace, "mine");
  private final Lease other = new Lease(namespace, "other");

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  void whoever_finds_nobody_and_leads_next_is_the_first_since() throws Exception {
    assertThat(mine.vacancy(client)).isEmpty(); // there is no Lease
    take(other);
    assertThat(mine.vacancy(client)).isEmpty();
    other.giveBack(client);
    var free = mine.vacancy(client).orElseThrow();
    assertThat(mine.isFirstSince(free, client)).isFalse();
    take(mine);
    assertThat(mine.isFirstSince(free, client)).isTrue();
    assertThat(other.isFirstSince(free, client)).isFalse();
  }

  @Test
  void whoever_led_in_between_is_noticed() throws Exception {
    take(mine);
    mine.giveBack(client);
    var free = mine.vacancy(client).orElseThrow();
    take(other);
    other.giveBack(client);
    take(mine);
    assertThat(mine.isFirstSince(free, client)).isFalse();
  }

  @Test
  void a_lease_that_was_made_anew_tells_nothing_of_the_last_one() throws Exception {
    take(other);
    other.giveBack(client);
    var free = mine.vacancy(client).orElseThrow();
    client.leases().inNamespace(namespace).withName("vitrine-controller").delete();
    take(other);
    other.giveBack(client);
    take(mine);
    assertThat(mine.isFirstSince(free, client)).isFalse();
  }

  /** Takes it, and renews it no more. */
  private void take(Lease lease) throws Exception {
    var leads = new CompletableFuture<Void>();
    var config =
        new LeaderElectionConfigBuilder()
            .withName(lease.identity())
            .withLock(new LeaseLock(namespace, "vitrine-controller", lease.identity()))
            .withLeaseDuration(Duration.ofSeconds(7))
            .withRenewDeadline(Duration.ofSeconds(5))
            .withRetryPeriod(Duration.ofSeconds(1))
            .withLeaderCallbacks(new LeaderCallbacks(() -> leads.complete(null), () -> {}, _ -> {}))
            .build();
    try (var renewals = Executors.newSingleThreadExecutor()) { // waits for the one under way
      var election = new LeaderElectorBuilder(client, renewals).withConfig(config).build().start();
      leads.get(LIMIT_SECONDS, SECONDS);
      election.cancel(true);
    }
  }
}
