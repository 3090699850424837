package dev.vitrine.operator.session;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.util.Objects.requireNonNull;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.protocol.KeySet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks, asks the planner, carries the plan out. Every decision is {@link SessionPlanner}'s. */
@ControllerConfiguration(
    name = "streamsession",
    generationAwareEventProcessing = false, // the gateway's reports come in the status
    fieldManager = FieldManager.CONTROLLER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public class StreamSessionReconciler implements Reconciler<StreamSession> {

  private final SessionViews views;
  private final SessionPlanner planner;
  private final PodCalls calls;
  private @Nullable SessionEventSources sources;

  /**
   * @param connectKeys what signs connect tokens
   */
  public StreamSessionReconciler(
      RuntimePodFactory pods, PodCalls calls, KeySet connectKeys, InstantSource clock) {
    views = new SessionViews(calls, clock);
    planner = new SessionPlanner(new SessionPodFactory(pods), new AssignmentFactory(connectKeys));
    this.calls = calls;
  }

  @Override
  public UpdateControl<StreamSession> reconcile(
      StreamSession session, Context<StreamSession> context) {
    var client = context.getClient();
    var view = views.of(session, context, requireNonNull(sources));
    var plan = planner.plan(view);
    plan.actions().forEach(action -> carryOut(action, session, client));
    plan.events().forEach(event -> client.resource(event).create());
    UpdateControl<StreamSession> update =
        plan.status().equals(SessionPlanner.withoutConnection(view.reported()))
            ? UpdateControl.noUpdate()
            : UpdateControl.patchStatus(
                StatusPatch.of(new StreamSession(), session, plan.status()));
    plan.lookAgainIn().ifPresent(update::rescheduleAfter);
    return update;
  }

  private void carryOut(Action action, StreamSession session, KubernetesClient client) {
    switch (action) {
      case Action.CreatePod(var pod) -> create(pod, client);
      case Action.DeletePod(var pod) -> client.resource(pod.pod()).delete();
      case Action.LabelConnected(var pod, var connected) -> label(pod, connected, client);
      case Action.Assign(var pod, var assignment) ->
          calls.assign(pod, assignment, () -> podAnswered(session));
      case Action.AskState(var pod) -> calls.askState(pod, () -> podAnswered(session));
      case Action.DeleteSession() -> client.resource(session).delete();
    }
  }

  private static void create(Pod pod, KubernetesClient client) {
    try {
      client.resource(pod).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) { // ours already: the watch has not told us yet
        throw e;
      }
    }
  }

  private static void label(PodFacts pod, boolean connected, KubernetesClient client) {
    var patch =
        "{\"metadata\":{\"labels\":{\"%s\":%s}}}"
            .formatted(PodLabels.CONNECTED, connected ? "\"true\"" : "null");
    client.resource(pod.pod()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private void podAnswered(StreamSession session) {
    requireNonNull(sources).podAnswered(ResourceID.fromResource(session));
  }

  @Override
  public ErrorStatusUpdateControl<StreamSession> updateErrorStatus(
      StreamSession session, Context<StreamSession> context, Exception failure) {
    var status = SessionReport.failed(views.of(session, context, requireNonNull(sources)), failure);
    return ErrorStatusUpdateControl.patchStatus(
        StatusPatch.of(new StreamSession(), session, status));
  }

  @Override
  public List<EventSource<?, StreamSession>> prepareEventSources(
      EventSourceContext<StreamSession> context) {
    sources = new SessionEventSources(context);
    return sources.all();
  }
}
