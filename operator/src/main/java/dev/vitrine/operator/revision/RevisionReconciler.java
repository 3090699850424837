package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.pod.ViewerPodFactory;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.support.WriteRefusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks, asks the planner, carries the plan out. Every decision is {@link RevisionPlanner}'s. */
@ControllerConfiguration(
    name = "streamingapprevision",
    generationAwareEventProcessing = false, // a late write may have spoilt the status
    fieldManager = FieldManager.CONTROLLER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public class RevisionReconciler implements Reconciler<StreamingAppRevision> {

  /** Until every cache is complete, which takes a moment when a controller starts. */
  private static final Duration UNTIL_STARTED = Duration.ofMillis(50);

  /** Until a quota that was full is tried again. */
  private static final Duration WITHOUT_ROOM = Duration.ofSeconds(5);

  /** The most that is read of a container's log, and the most that is quoted of it. */
  private static final int LOG_LINES = 20;

  private static final int LOG_BYTES = 65_536;
  private static final int QUOTED_CHARS = 2_000;

  /** For the way to the container's node, which may be gone. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);

  private final Stores stores;
  private final Placements placements;
  private final RevisionPlanner planner;
  private final InstantSource clock;
  private final SimpleInboundEventSource<StreamingAppRevision> wakes =
      new SimpleInboundEventSource<>("wakes");

  public RevisionReconciler(
      Stores stores, Placements placements, ViewerPodFactory viewers, InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    this.clock = clock;
    planner = new RevisionPlanner(viewers);
  }

  @Override
  public UpdateControl<StreamingAppRevision> reconcile(
      StreamingAppRevision revision, Context<StreamingAppRevision> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamingAppRevision>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var client = context.getClient();
    var seen = look(revision);
    var view = seen.withLastLines(planner.toQuote(seen).flatMap(pod -> lastLines(pod, client)));
    var plan = planner.plan(view);
    var refused = create(plan.create(), view, client);
    var status = refused.orElse(plan.status());
    if (!status.equals(view.reported())) {
      var patch = StatusPatch.of(new StreamingAppRevision(), revision, status);
      StatusPatch.write(patch, stores.revisions(), client);
    }
    UpdateControl<StreamingAppRevision> update = UpdateControl.noUpdate();
    if (refused.isPresent()) {
      return update.rescheduleAfter(WITHOUT_ROOM);
    }
    plan.delete().forEach(trial -> client.resource(trial).delete()); // its outcome is on record
    plan.lookAgainIn().ifPresent(update::rescheduleAfter);
    return update;
  }

  @Override
  public List<EventSource<?, StreamingAppRevision>> prepareEventSources(
      EventSourceContext<StreamingAppRevision> context) {
    stores.sessions().listen((before, after) -> wakeLabelled(before, after, Labels.VERIFIES));
    stores.pods().listen((before, after) -> wakeLabelled(before, after, Labels.WATCHES));
    stores.apps().listen(this::appChanged);
    return List.of(wakes);
  }

  private RevisionView look(StreamingAppRevision revision) {
    var namespace = revision.getMetadata().getNamespace();
    var session = stores.sessions().find(Key.of(revision));
    return new RevisionView(
        revision,
        stores.apps().find(new Key(namespace, revision.getSpec().app())),
        session,
        session
            .flatMap(known -> placements.podsOf(known.getMetadata().getUid()).stream().findFirst())
            .map(PodFacts::new),
        stores
            .pods()
            .find(new Key(namespace, RevisionPlanner.viewerName(revision)))
            .filter(viewer -> session.filter(known -> Owners.owns(known, viewer)).isPresent())
            .map(PodFacts::new),
        Optional.empty(),
        clock.instant());
  }

  /** What is to be said of a refusal; empty if all is there. */
  private static Optional<StreamingAppRevisionStatus> create(
      List<HasMetadata> resources, RevisionView view, KubernetesClient client) {
    for (var resource : resources) {
      try {
        client.resource(resource).create();
      } catch (KubernetesClientException e) {
        switch (WriteRefusal.of(e)) {
          case QUOTA -> {
            return Optional.of(RevisionPlanner.withoutRoom(view, Failures.sentence(e)));
          }
          case VERDICT -> {
            return Optional.of(RevisionPlanner.refused(view, Failures.sentence(e)));
          }
          case CONFLICT -> {} // ours already: the watch has not told us yet
          case UNCERTAIN -> throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** What the container wrote last; empty if it wrote nothing, or nobody can say. */
  private static Optional<String> lastLines(Pod pod, KubernetesClient client) {
    var limits =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestTimeout((int) LOG_PATIENCE.toMillis())
            .withRequestRetryBackoffLimit(0)
            .build();
    try {
      var log =
          client
              .newClient(limits)
              .adapt(KubernetesClient.class)
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .inContainer(RuntimePodFactory.CONTAINER)
              .limitBytes(LOG_BYTES)
              .tailingLines(LOG_LINES)
              .getLog()
              .strip();
      return Optional.of(log.substring(Math.max(0, log.length() - QUOTED_CHARS)))
          .filter(lines -> !lines.isEmpty());
    } catch (KubernetesClientException e) {
      return Optional.empty(); // the revision fails for its own reason
    }
  }

  /** The session that tries a revision has its name, and its viewer's label says so too. */
  private void wakeLabelled(
      Optional<? extends HasMetadata> before, Optional<? extends HasMetadata> after, String label) {
    var changed = after.isPresent() ? after.get() : before.orElseThrow();
    var revision = changed.getMetadata().getLabels().get(label);
    if (revision != null) {
      wakes.propagateEvent(new ResourceID(revision, changed.getMetadata().getNamespace()));
    }
  }

  /** Whoever asks for less, or goes, is heard at once; nothing else of an app matters here. */
  private void appChanged(Optional<StreamingApp> before, Optional<StreamingApp> after) {
    var generation = before.map(app -> app.getMetadata().getGeneration());
    if (generation.equals(after.map(app -> app.getMetadata().getGeneration()))) {
      return;
    }
    var app = after.or(() -> before).map(Key::of).orElseThrow();
    stores
        .revisions()
        .values()
        .filter(revision -> revision.getSpec().app().equals(app.name()))
        .filter(revision -> revision.getMetadata().getNamespace().equals(app.namespace()))
        .filter(revision -> !isSettled(revision))
        .forEach(
            revision ->
                wakes.propagateEvent(
                    new ResourceID(revision.getMetadata().getName(), app.namespace())));
  }

  private static boolean isSettled(StreamingAppRevision revision) {
    return revision.getStatus() != null
        && revision.getStatus().conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals(ConditionType.VERIFIED)
                        && !condition.getStatus().equals("Unknown"));
  }
}
