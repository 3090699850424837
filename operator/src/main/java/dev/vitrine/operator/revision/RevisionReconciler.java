package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.ViewerPodFactory;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.support.WriteRefusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
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

  private final Stores stores;
  private final Placements placements;
  private final RevisionPlanner planner;
  private final RevisionViews views;

  public RevisionReconciler(
      Stores stores, Placements placements, ViewerPodFactory viewers, InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    views = new RevisionViews(stores, placements, clock);
    planner = new RevisionPlanner(viewers);
  }

  @Override
  public UpdateControl<StreamingAppRevision> reconcile(
      StreamingAppRevision revision, Context<StreamingAppRevision> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamingAppRevision>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var client = context.getClient();
    var seen = views.of(revision);
    var view = seen.withLastLines(planner.toQuote(seen).flatMap(pod -> LastLines.of(pod, client)));
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
    return List.of(new RevisionEventSources(stores).wakes());
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
}
