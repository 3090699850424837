package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.InstantSource;
import java.util.Optional;

/** Gathers what a session's view shows, out of caches only. */
final class SessionViews {

  private final PodCalls calls;
  private final InstantSource clock;

  SessionViews(PodCalls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  SessionView of(
      StreamSession session, Context<StreamSession> context, SessionEventSources sources) {
    var app = context.getSecondaryResource(StreamingApp.class);
    var pod =
        context
            .getSecondaryResourcesAsStream(Pod.class)
            .filter(candidate -> Owners.owns(session, candidate))
            .map(PodFacts::new)
            .findFirst();
    return new SessionView(
        session,
        app,
        app.flatMap(known -> chosenClass(session, known, sources)),
        pod,
        pod.flatMap(known -> calls.toAssignment(known.uid())),
        pod.flatMap(known -> calls.toState(known.uid())),
        clock.instant());
  }

  private static Optional<StreamClass> chosenClass(
      StreamSession session, StreamingApp app, SessionEventSources sources) {
    var wish = session.getSpec().className();
    return sources.streamClass(wish == null ? app.getSpec().classes().getFirst() : wish);
  }
}
