package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Events;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.support.WriteRefusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks, asks the planner, carries the plan out. Every decision is {@link AppPlanner}'s. */
@ControllerConfiguration(
    name = "streamingapp",
    finalizerName = "vitrine.dev/sessions",
    generationAwareEventProcessing = false, // a late write may have spoilt the status
    fieldManager = FieldManager.CONTROLLER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public class StreamingAppReconciler implements Reconciler<StreamingApp>, Cleaner<StreamingApp> {

  /** Until every cache is complete, which takes a moment when a controller starts. */
  private static final Duration UNTIL_STARTED = Duration.ofMillis(50);

  private final AppPlanner planner;
  private final Stores stores;
  private final Placements placements;
  private final AppViews views;

  public StreamingAppReconciler(
      AppPlanner planner, Stores stores, Placements placements, InstantSource clock) {
    this.planner = planner;
    this.stores = stores;
    this.placements = placements;
    views = new AppViews(stores, placements, clock);
  }

  @Override
  public UpdateControl<StreamingApp> reconcile(StreamingApp app, Context<StreamingApp> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamingApp>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var client = context.getClient();
    var seen = views.of(app, context);
    var view = seen.withRefusal(refusalOfTrials(seen, client));
    var plan = planner.plan(view);
    placements.want(Key.of(app), plan.targets());
    for (var wanted : plan.apply()) {
      var resource = client.resource(wanted).fieldManager(FieldManager.CONTROLLER);
      resource.forceConflicts().serverSideApply();
    }
    plan.delete().forEach(obsolete -> client.resource(obsolete).delete());
    if (!plan.status().equals(view.reported())) {
      var patch = StatusPatch.of(new StreamingApp(), app, plan.status());
      StatusPatch.write(patch, stores.apps(), client);
    }
    plan.events().forEach(event -> Events.tell(event, client)); // of what is a fact by now
    UpdateControl<StreamingApp> update = UpdateControl.noUpdate();
    plan.lookAgainIn().ifPresent(update::rescheduleAfter);
    return update;
  }

  @Override
  public DeleteControl cleanup(StreamingApp app, Context<StreamingApp> context) {
    if (!placements.isStarted()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(UNTIL_STARTED);
    }
    placements.want(Key.of(app), Map.of());
    return AppPlanner.mayGo(views.of(app, context))
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval();
  }

  @Override
  public ErrorStatusUpdateControl<StreamingApp> updateErrorStatus(
      StreamingApp app, Context<StreamingApp> context, Exception failure) {
    var status = planner.failed(views.of(app, context), failure);
    var patch = StatusPatch.of(new StreamingApp(), app, status);
    StatusPatch.writeIfCurrent(patch, app, stores.apps(), context.getClient());
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  @Override
  public List<EventSource<?, StreamingApp>> prepareEventSources(
      EventSourceContext<StreamingApp> context) {
    var sources = new AppEventSources(context, stores);
    placements.wakeApps(sources::wake);
    return sources.all();
  }

  /** A dry run: the API server's own checks and the namespace's admission have the last word. */
  private Optional<String> refusalOfTrials(AppView view, KubernetesClient client) {
    for (var pod : planner.trials(view)) {
      try {
        client.resource(pod).dryRun().create();
      } catch (KubernetesClientException e) {
        switch (WriteRefusal.of(e)) {
          case VERDICT -> {
            return Optional.of(Failures.sentence(e));
          }
          case QUOTA -> {} // no fault of the app: its sessions wait
          case CONFLICT, UNCERTAIN -> throw e;
        }
      }
    }
    return Optional.empty();
  }
}
