package dev.vitrine.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.vitrine.operator.support.Failures;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several controllers leads: whoever holds the Lease.
 *
 * @param namespace of the Lease
 * @param identity who this process is in it
 */
public record Lease(String namespace, String identity) {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  private static final String NAME = "vitrine-controller";

  /** A dead leader's work goes on within ten seconds: others try every 1 to 2.2 s. */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(7);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(5);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);
  private static final int GIVE_BACK_TRIES = 3;

  /**
   * @param onLeading run when this process begins to lead
   * @param onStopLeading run when it leads no more: the lease was given back, or lost
   */
  LeaderElectionConfiguration configuration(Runnable onLeading, Runnable onStopLeading) {
    var lease =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(NAME)
            .withLeaseNamespace(namespace)
            .withLeaseDuration(LEASE_DURATION)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY_PERIOD)
            .withExitOnStopLeading(false)
            .withIdentity(identity)
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> begin(onLeading), onStopLeading, leader -> {}));
    return lease.build();
  }

  /**
   * That nobody held the Lease at some moment.
   *
   * @param uid of the Lease
   * @param transitions how often it had changed hands
   */
  record Vacancy(String uid, int transitions) {}

  /** How the Lease stands; the holder is empty if nobody holds it. */
  private record State(String uid, String holder, int transitions) {}

  /** Empty while somebody holds it, or did and has not given it back, and before there is one. */
  Optional<Vacancy> vacancy(KubernetesClient client) {
    return state(client)
        .filter(state -> state.holder().isEmpty())
        .map(state -> new Vacancy(state.uid(), state.transitions()));
  }

  /** Whether this process leads, and nobody else did since then. */
  boolean isFirstSince(Vacancy vacancy, KubernetesClient client) {
    var first = new State(vacancy.uid(), identity, vacancy.transitions() + 1);
    return state(client).filter(first::equals).isPresent();
  }

  private Optional<State> state(KubernetesClient client) {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(NAME).get())
        .map(
            lease ->
                new State(
                    lease.getMetadata().getUid(),
                    Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), ""),
                    Objects.requireNonNullElse(lease.getSpec().getLeaseTransitions(), 0)));
  }

  /**
   * Lets the next one lead at once. The elector gives the lease back as well, when it is stopped,
   * but not while one of its renewals is under way.
   */
  void giveBack(KubernetesClient client) {
    var lease = client.leases().inNamespace(namespace).withName(NAME);
    try {
      for (var left = GIVE_BACK_TRIES; left > 0; left--) {
        var held = lease.get();
        if (held == null || !identity.equals(held.getSpec().getHolderIdentity())) {
          return;
        }
        giveBack(lease, held.getMetadata().getResourceVersion());
      }
    } catch (KubernetesClientException e) {
      log.warn("The lease could not be given back: it runs out. {}", Failures.sentence(e));
    }
  }

  private static void giveBack(Resource<?> lease, String resourceVersion) {
    var patch =
        "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"holderIdentity\":null}}"
            .formatted(resourceVersion);
    try {
      lease.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      // The last renewal, or another leader: it is looked at again.
    }
  }

  /** On a thread of its own: the lease is renewed only once this has returned. */
  private static void begin(Runnable onLeading) {
    Thread.ofPlatform().name("lead").start(() -> lead(onLeading));
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

  /** From a thread of its own: an orderly shutdown gives the lease back, and waits for this one. */
  private static void endProcess() {
    Thread.ofPlatform().name("cannot-lead").daemon().start(() -> System.exit(1));
  }

  /**
   * Ends the process at once, and not in order: that takes its time, and another one may be at work
   * already. What is cut off here the other one finds.
   */
  static void lost() {
    log.error("This controller lost the lease: it ends at once, and another one leads");
    Runtime.getRuntime().halt(1);
  }
}
