package dev.vitrine.operator;

import dev.vitrine.operator.app.AppPlanner;
import dev.vitrine.operator.app.StreamingAppReconciler;
import dev.vitrine.operator.metrics.leader.LeaderMetrics;
import dev.vitrine.operator.metrics.leader.LifeSpans;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.pod.ViewerPodFactory;
import dev.vitrine.operator.revision.RevisionReconciler;
import dev.vitrine.operator.session.PodCalls;
import dev.vitrine.operator.session.StreamSessionReconciler;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.ListPage;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All reconcilers over one set of informers, started together. */
public final class Controller implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Controller.class);

  private final KubernetesClient client;
  private final Settings settings;
  private final Operator operator;
  private final PodCalls calls;
  private final Placements placements;
  private final LeaderMetrics metrics;
  private final LifeSpans lives;

  /** Of the lease, before anything was listed. */
  private volatile Optional<Lease.Vacancy> vacancy = Optional.empty();

  private volatile boolean closing;

  /**
   * What a controller has to be told.
   *
   * @param builtInImage what runs an app that names no image
   * @param assignmentKey signs what pods are told of their sessions
   * @param connectKeys what signs connect tokens
   * @param publicUrl where browsers reach the gateway
   * @param reportUrl where runtimes send their reports
   * @param systemNamespace where gateway and controller run
   * @param podPort where runtimes listen in their pods
   * @param lease who of several controllers leads; empty: there is no other one
   */
  public record Settings(
      String builtInImage,
      SigningKey assignmentKey,
      KeySet connectKeys,
      URI publicUrl,
      URI reportUrl,
      String systemNamespace,
      int podPort,
      Optional<Lease> lease) {}

  /**
   * @param exported where its metrics are exported
   * @param traces where its spans go; whoever made it closes it
   */
  public Controller(
      KubernetesClient client,
      Settings settings,
      CollectorRegistry exported,
      SessionTraces traces,
      InstantSource clock) {
    this.client = client;
    this.settings = settings;
    var stores = Stores.create();
    var pods = new RuntimePodFactory(settings.builtInImage());
    var policies = new NetworkPolicyFactory(settings.systemNamespace());
    var podFile = new PodFile(settings.assignmentKey().publicKeys(), settings.reportUrl());
    placements = new Placements(client, stores, pods, traces, clock);
    lives = new LifeSpans(stores, placements::podsOf, traces, clock);
    metrics = new LeaderMetrics(exported, stores, placements, clock);
    calls =
        new PodCalls(
            new AssignmentSigner(settings.assignmentKey(), clock),
            settings.podPort(),
            traces,
            clock);
    operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withResourceCloner(new CloneOnDeletion(client.getKubernetesSerialization()));
              settings
                  .lease()
                  .map(lease -> lease.configuration(this::lead, this::leadsNoMore))
                  .ifPresent(overrider::withLeaderElectionConfiguration);
            });
    operator.register(
        new StreamingAppReconciler(
            new AppPlanner(pods, policies, podFile, settings.publicUrl()),
            stores,
            placements,
            clock),
        overrider -> overrider.withItemStore(stores.apps()).withInformerListLimit(ListPage.ITEMS));
    operator.register(
        new RevisionReconciler(
            stores,
            placements,
            new ViewerPodFactory(settings.builtInImage(), settings.reportUrl().resolve("watches")),
            clock),
        overrider ->
            overrider.withItemStore(stores.revisions()).withInformerListLimit(ListPage.ITEMS));
    operator.register(
        new StreamSessionReconciler(
            stores, placements, calls, settings.connectKeys(), traces, clock),
        overrider ->
            overrider.withItemStore(stores.sessions()).withInformerListLimit(ListPage.ITEMS));
  }

  /** Returns when every informer has listed its kind. Whoever leads gives pods to sessions. */
  public void start() {
    vacancy = settings.lease().flatMap(lease -> lease.vacancy(client));
    operator.start();
    if (settings.lease().isEmpty()) {
      lead();
    }
  }

  /** Whether it watches all that it has to. */
  public boolean isHealthy() {
    return operator.getRuntimeInfo().isStarted()
        && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  private void leadsNoMore() {
    if (!closing) {
      Lease.lost();
    }
  }

  @Override
  public void close() {
    closing = true;
    placements.close();
    operator.stop();
    settings.lease().ifPresent(lease -> lease.giveBack(client));
    calls.close();
    metrics.close();
  }

  private void lead() {
    metrics.lead();
    lives.lead();
    if (nobodyLedSinceItListed()) {
      placements.start();
    } else {
      placements.takeOver();
    }
  }

  /** Whether nobody else led since before this one began to list what there is. */
  private boolean nobodyLedSinceItListed() {
    try {
      return settings
          .lease()
          .map(lease -> vacancy.filter(it -> lease.isFirstSince(it, client)).isPresent())
          .orElse(true);
    } catch (KubernetesClientException e) {
      log.warn("Whether another controller led is not known: {}", Failures.sentence(e));
      return false;
    }
  }
}
