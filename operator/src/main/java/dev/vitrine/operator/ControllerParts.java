package dev.vitrine.operator;

import dev.vitrine.operator.app.AppPlanner;
import dev.vitrine.operator.keys.SigningKeyReconciler;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.session.PodCalls;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** The controller's parts, put together when they are first asked for: never in the gateway. */
@Singleton
final class ControllerParts {

  private static final String LEASE = "vitrine-controller";

  /** A dead leader's work goes on within ten seconds. */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(8);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(6);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

  private final ControllerSettings settings;
  private final InstantSource clock = InstantSource.system();

  ControllerParts(ControllerSettings settings) {
    this.settings = settings;
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection() {
    var lease =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
            .withLeaseNamespace(settings.systemNamespace())
            .withLeaseDuration(LEASE_DURATION)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY_PERIOD)
            .withExitOnStopLeading(false)
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> {}, ControllerParts::endProcess, leader -> {}));
    settings.podName().ifPresent(lease::withIdentity);
    return lease.build();
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return clock;
  }

  @Produces
  @Singleton
  SigningKeyReconciler signingKeys(KubernetesClient client) {
    return new SigningKeyReconciler(client, settings.systemNamespace());
  }

  @Produces
  @Singleton
  @Named("assignment")
  SigningKey assignmentKey(SigningKeyReconciler keys) {
    return keys.keyIn(SigningKeyReconciler.ASSIGNMENT_KEY);
  }

  @Produces
  @Singleton
  KeySet connectKeys(SigningKeyReconciler keys) {
    return keys.keyIn(SigningKeyReconciler.CONNECT_KEY).publicKeys();
  }

  @Produces
  @Singleton
  RuntimePodFactory pods() {
    return new RuntimePodFactory(settings.runtimeImage());
  }

  @Produces
  @Singleton
  AppPlanner appPlanner(RuntimePodFactory pods, @Named("assignment") SigningKey key) {
    var podFile = new PodFile(key.publicKeys(), settings.reportUrl());
    return new AppPlanner(pods, podFile, settings.requiredPublicUrl());
  }

  @Produces
  @Singleton
  PodCalls podCalls(@Named("assignment") SigningKey key) {
    return new PodCalls(new AssignmentSigner(key, clock), settings.podPort(), clock);
  }

  void close(@Disposes PodCalls calls) {
    calls.close();
  }

  /**
   * Whoever lost the lease must not go on. From a thread of its own: an orderly shutdown gives the
   * lease back too, and must not wait for itself.
   */
  private static void endProcess() {
    Thread.ofPlatform().name("lease-lost").daemon().start(() -> System.exit(1));
  }
}
