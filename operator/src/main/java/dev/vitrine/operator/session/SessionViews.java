package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.NodeFacts;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers what a session's view shows, out of memory only. */
final class SessionViews {

  private final Stores stores;
  private final Placements placements;
  private final SessionArrivals arrivals;
  private final PodCalls calls;
  private final InstantSource clock;

  SessionViews(Stores stores, Placements placements, PodCalls calls, InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    this.calls = calls;
    this.clock = clock;
    arrivals = new SessionArrivals(stores.sessions(), clock);
  }

  SessionView of(StreamSession session) {
    var uid = session.getMetadata().getUid();
    var namespace = session.getMetadata().getNamespace();
    var app = stores.apps().find(new Key(namespace, session.getSpec().app()));
    var pods = podsOf(session);
    var named = session.getStatus() == null ? null : session.getStatus().podName();
    var pod =
        pods.stream()
            .filter(it -> named == null ? !isLost(it, session) : it.name().equals(named))
            .findFirst();
    return new SessionView(
        session,
        app,
        app.flatMap(known -> chosenClass(session, known)),
        app.flatMap(known -> RevisionChoice.of(session, known))
            .flatMap(name -> stores.revisions().find(new Key(namespace, name))),
        pod,
        pod.flatMap(PodFacts::nodeName).flatMap(this::cordonedAt),
        pods.stream().filter(it -> pod.filter(it::equals).isEmpty()).toList(),
        placements.placement(uid),
        arrivals.of(session),
        pod.flatMap(known -> calls.toAssignment(known.uid())),
        pod.flatMap(known -> calls.toState(known.uid())),
        clock.instant());
  }

  private static boolean isLost(PodFacts pod, StreamSession session) {
    return session.getStatus() != null && session.getStatus().hasLost(pod.name());
  }

  /** The one that the session got first comes first. */
  private List<PodFacts> podsOf(StreamSession session) {
    return placements.podsOf(session.getMetadata().getUid()).stream()
        .map(PodFacts::new)
        .sorted(Comparator.comparing(PodFacts::grantedAt).thenComparing(PodFacts::name))
        .toList();
  }

  private Optional<Instant> cordonedAt(String node) {
    return stores.nodes().find(node).map(NodeFacts::new).flatMap(NodeFacts::cordonedAt);
  }

  private Optional<StreamClass> chosenClass(StreamSession session, StreamingApp app) {
    var wish = session.getSpec().className();
    return stores.classes().find(wish == null ? app.getSpec().classes().getFirst() : wish);
  }
}
