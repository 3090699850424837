package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.StatusPatch;
import io.fabric8.kubernetes.api.model.ConfigMap;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks, asks the planner, carries the plan out. Every decision is {@link AppPlanner}'s. */
@ControllerConfiguration(
    name = "streamingapp",
    finalizerName = "vitrine.dev/sessions",
    fieldManager = FieldManager.CONTROLLER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public class StreamingAppReconciler implements Reconciler<StreamingApp>, Cleaner<StreamingApp> {

  private final AppPlanner planner;
  private final InstantSource clock;

  public StreamingAppReconciler(AppPlanner planner, InstantSource clock) {
    this.planner = planner;
    this.clock = clock;
  }

  @Override
  public UpdateControl<StreamingApp> reconcile(StreamingApp app, Context<StreamingApp> context) {
    var client = context.getClient();
    var seen = look(app, context);
    var view = seen.withRefusal(refusalOfTrials(seen, client));
    var plan = planner.plan(view);
    for (var wanted : plan.apply()) {
      var resource = client.resource(wanted).fieldManager(FieldManager.CONTROLLER);
      resource.forceConflicts().serverSideApply();
    }
    plan.events().forEach(event -> client.resource(event).create());
    return plan.status().equals(view.reported())
        ? UpdateControl.noUpdate()
        : UpdateControl.patchStatus(StatusPatch.of(new StreamingApp(), app, plan.status()));
  }

  @Override
  public DeleteControl cleanup(StreamingApp app, Context<StreamingApp> context) {
    return AppPlanner.mayGo(look(app, context))
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval();
  }

  @Override
  public ErrorStatusUpdateControl<StreamingApp> updateErrorStatus(
      StreamingApp app, Context<StreamingApp> context, Exception failure) {
    var status = planner.failed(look(app, context), failure);
    return ErrorStatusUpdateControl.patchStatus(StatusPatch.of(new StreamingApp(), app, status));
  }

  @Override
  public List<EventSource<?, StreamingApp>> prepareEventSources(
      EventSourceContext<StreamingApp> context) {
    return AppEventSources.of(context);
  }

  private AppView look(StreamingApp app, Context<StreamingApp> context) {
    var classes = context.getSecondaryResources(StreamClass.class).stream();
    return new AppView(
        app,
        classes.collect(
            Collectors.toMap(known -> known.getMetadata().getName(), Function.identity())),
        context.getSecondaryResource(ConfigMap.class),
        Optional.empty(),
        AppEventSources.liveSessions(context.getSecondaryResources(StreamSession.class)),
        clock.instant());
  }

  /** A dry run: the API server's own checks and the namespace's admission have the last word. */
  private Optional<String> refusalOfTrials(AppView view, KubernetesClient client) {
    for (var pod : planner.trials(view)) {
      try {
        client.resource(pod).dryRun().create();
      } catch (KubernetesClientException e) {
        if (!AppPlanner.isVerdict(e.getCode(), e.getStatus())) {
          throw e;
        }
        return Optional.of(e.getStatus().getMessage());
      }
    }
    return Optional.empty();
  }
}
