package dev.vitrine.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several controllers leads: whoever holds the Lease.
 *
 * @param namespace of the Lease
 * @param identity who this process is in it; empty: a random one
 */
public record Lease(String namespace, Optional<String> identity) {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  private static final String NAME = "vitrine-controller";

  /** A dead leader's work goes on within ten seconds. */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(8);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(6);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

  LeaderElectionConfiguration configuration(Runnable onLeading) {
    var lease =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(NAME)
            .withLeaseNamespace(namespace)
            .withLeaseDuration(LEASE_DURATION)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY_PERIOD)
            .withExitOnStopLeading(false)
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> lead(onLeading), Lease::endProcess, leader -> {}));
    identity.ifPresent(lease::withIdentity);
    return lease.build();
  }

  /** Whoever cannot begin must not hold the lease. */
  private static void lead(Runnable onLeading) {
    try {
      onLeading.run();
    } catch (RuntimeException e) {
      log.error("This controller leads and cannot begin: it ends, so that another one leads", e);
      endProcess();
      throw e;
    }
  }

  /**
   * Whoever lost the lease must not go on. From a thread of its own: an orderly shutdown gives the
   * lease back too, and must not wait for itself.
   */
  private static void endProcess() {
    Thread.ofPlatform().name("lease-lost").daemon().start(() -> System.exit(1));
  }
}
