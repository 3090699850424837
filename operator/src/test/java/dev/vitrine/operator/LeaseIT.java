package dev.vitrine.operator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    var never = mine.vacancy(client).orElseThrow();
    assertThat(mine.isFirstSince(never, client)).isFalse();
    take(mine);
    assertThat(mine.isFirstSince(never, client)).isTrue();
    mine.giveBack(client);
    var givenBack = mine.vacancy(client).orElseThrow();
    take(mine); // the same one again is no change of hands but for the elector
    assertThat(mine.isFirstSince(givenBack, client)).isTrue();
    assertThat(other.isFirstSince(givenBack, client)).isFalse();
  }

  @Test
  void whoever_led_in_between_is_noticed() throws Exception {
    var never = mine.vacancy(client).orElseThrow();
    take(other);
    assertThat(mine.vacancy(client)).isEmpty();
    other.giveBack(client);
    take(mine);
    assertThat(mine.isFirstSince(never, client)).isFalse();
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
    var election = client.leaderElector().withConfig(config).build().start();
    leads.get(LIMIT_SECONDS, SECONDS);
    election.cancel(true);
  }
}
