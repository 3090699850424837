package dev.vitrine.operator.session;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.util.Objects.requireNonNull;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Events;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.KeySet;
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
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
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

  /** Until every cache is complete, which takes a moment when a controller starts. */
  private static final Duration UNTIL_STARTED = Duration.ofMillis(50);

  private final Stores stores;
  private final Placements placements;
  private final SessionViews views;
  private final SessionPlanner planner;
  private final PodCalls calls;
  private final SessionTraces traces;
  private @Nullable SessionEventSources sources;

  /**
   * @param connectKeys what signs connect tokens
   */
  public StreamSessionReconciler(
      Stores stores,
      Placements placements,
      PodCalls calls,
      KeySet connectKeys,
      SessionTraces traces,
      InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    this.calls = calls;
    this.traces = traces;
    views = new SessionViews(stores, placements, calls, clock);
    planner = new SessionPlanner(new AssignmentFactory(connectKeys));
  }

  @Override
  public UpdateControl<StreamSession> reconcile(
      StreamSession session, Context<StreamSession> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamSession>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var client = context.getClient();
    var doing = traces.begin("reconcile");
    var view = look(session);
    var plan = planner.plan(view);
    var says = !plan.status().equals(SessionPlanner.withoutConnection(view.reported()));
    try {
      plan.actions().forEach(action -> carryOut(action, session, client));
      if (says) {
        var patch = StatusPatch.of(new StreamSession(), session, plan.status());
        StatusPatch.write(patch, stores.sessions(), client);
      }
      plan.events().forEach(event -> Events.tell(event, client)); // of what is a fact by now
    } catch (RuntimeException e) {
      doing.failed(session.getMetadata().getUid(), Failures.sentence(e));
      throw e;
    }
    if (says || !plan.actions().isEmpty()) {
      doing.done(session.getMetadata().getUid(), plan.inWords());
    }
    UpdateControl<StreamSession> update = UpdateControl.noUpdate();
    plan.lookAgainIn().ifPresent(update::rescheduleAfter);
    return update;
  }

  /**
   * The watch of pods may be behind that of sessions, in which another controller has said a moment
   * ago what pod it gave: before one counts as lost it is asked for.
   */
  private SessionView look(StreamSession session) {
    var view = views.of(session);
    var missing = view.missingPod();
    if (missing.isEmpty()) {
      return view;
    }
    placements.lookFor(missing.get());
    return views.of(session);
  }

  private void carryOut(Action action, StreamSession session, KubernetesClient client) {
    switch (action) {
      case Action.AskForPod(var request) -> placements.ask(request);
      case Action.DeletePod(var pod) -> client.resource(pod.pod()).delete();
      case Action.LabelConnected(var pod, var connected) -> label(pod, connected, client);
      case Action.Assign(var pod, var assignment) ->
          calls.assign(pod, assignment, () -> podAnswered(session));
      case Action.AskState(var pod) -> calls.askState(pod, () -> podAnswered(session));
      case Action.ForgetReport() -> forgetReport(session, client);
      case Action.DeleteSession() -> delete(session, client);
    }
  }

  /**
   * This very session: one that changed, or is another one of its name by now, is looked at again.
   */
  private static void delete(StreamSession session, KubernetesClient client) {
    try {
      client
          .resource(session)
          .lockResourceVersion(session.getMetadata().getResourceVersion())
          .delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void label(PodFacts pod, boolean connected, KubernetesClient client) {
    var patch =
        "{\"metadata\":{\"labels\":{\"%s\":%s}}}"
            .formatted(PodLabels.CONNECTED, connected ? "\"true\"" : "null");
    placements.seen(client.resource(pod.pod()).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
  }

  /** The reports of another pod are numbered anew. */
  private static void forgetReport(StreamSession session, KubernetesClient client) {
    client
        .resource(session)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"connection\":null}}");
  }

  private void podAnswered(StreamSession session) {
    requireNonNull(sources).wake(Key.of(session));
  }

  @Override
  public ErrorStatusUpdateControl<StreamSession> updateErrorStatus(
      StreamSession session, Context<StreamSession> context, Exception failure) {
    var status = SessionReport.failed(views.of(session), failure);
    var patch = StatusPatch.of(new StreamSession(), session, status);
    StatusPatch.writeIfCurrent(patch, session, stores.sessions(), context.getClient());
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  @Override
  public List<EventSource<?, StreamSession>> prepareEventSources(
      EventSourceContext<StreamSession> context) {
    var all = new SessionEventSources(context, stores);
    placements.wakeSessions(all::wake);
    sources = all;
    return all.all();
  }
}
