package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Events;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.support.WriteRefusal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final InstantSource clock;

  public StreamingAppReconciler(
      AppPlanner planner, Stores stores, Placements placements, InstantSource clock) {
    this.planner = planner;
    this.stores = stores;
    this.placements = placements;
    this.clock = clock;
  }

  @Override
  public UpdateControl<StreamingApp> reconcile(StreamingApp app, Context<StreamingApp> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamingApp>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var client = context.getClient();
    var seen = look(app, context);
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
    return AppPlanner.mayGo(look(app, context))
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval();
  }

  @Override
  public ErrorStatusUpdateControl<StreamingApp> updateErrorStatus(
      StreamingApp app, Context<StreamingApp> context, Exception failure) {
    var status = planner.failed(look(app, context), failure);
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

  private AppView look(StreamingApp app, Context<StreamingApp> context) {
    var key = Key.of(app);
    var revisions =
        stores.revisions().values().filter(revision -> Owners.owns(app, revision)).toList();
    return new AppView(
        app,
        app.getSpec().classes().stream()
            .flatMap(name -> stores.classes().find(name).stream())
            .collect(Collectors.toMap(known -> known.getMetadata().getName(), Function.identity())),
        revisions,
        context.getSecondaryResource(ConfigMap.class),
        context.getSecondaryResource(PodDisruptionBudget.class),
        List.copyOf(context.getSecondaryResources(NetworkPolicy.class)),
        List.copyOf(context.getSecondaryResources(DaemonSet.class)),
        placements.podsByRevision(key),
        Revisions.exceedHistory(app, revisions) ? Revisions.pinnedBy(sessionsOf(key)) : Set.of(),
        outcomes(app),
        placements.warmState(key),
        Optional.empty(),
        app.isMarkedForDeletion() ? liveSessions(key) : 0,
        clock.instant());
  }

  private int liveSessions(Key app) {
    return (int) sessionsOf(app).filter(session -> !session.hasEnded()).count();
  }

  private SessionOutcomes outcomes(StreamingApp app) {
    var rollout = app.getStatus() == null ? null : app.getStatus().rollout();
    return rollout == null
        ? SessionOutcomes.NONE
        : SessionOutcomes.of(sessionsOf(Key.of(app)), rollout);
  }

  private Stream<StreamSession> sessionsOf(Key app) {
    return stores
        .sessions()
        .values()
        .filter(session -> session.getSpec().app().equals(app.name()))
        .filter(session -> session.getMetadata().getNamespace().equals(app.namespace()));
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
