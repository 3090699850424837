package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.NodeFacts;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.ListPage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What wakes the reconciliation of a session beside the session itself. */
final class SessionEventSources {

  private static final String BY_APP = "app";

  private final Stores stores;
  private final IndexerResourceCache<StreamSession> sessions;
  private final InformerEventSource<Pod, StreamSession> pods;
  private final SimpleInboundEventSource<StreamSession> wakes =
      new SimpleInboundEventSource<>("wakes");

  SessionEventSources(EventSourceContext<StreamSession> context, Stores stores) {
    this.stores = stores;
    sessions = context.getPrimaryCache();
    sessions.addIndexer(
        BY_APP,
        session ->
            List.of(
                new Key(session.getMetadata().getNamespace(), session.getSpec().app()).toString()));
    pods =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, StreamSession.class)
                .withLabelSelector(PodLabels.APP)
                .withItemStore(stores.pods())
                .withInformerListLimit(ListPage.ITEMS)
                .build(),
            context);
    stores.apps().listen(this::appChanged);
    stores.classes().listen(this::classChanged);
    stores.revisions().listen(this::revisionChanged);
    stores.nodes().listen(this::nodeChanged);
  }

  List<EventSource<?, StreamSession>> all() {
    return List.of(pods, wakes);
  }

  void wake(Key session) {
    wakes.propagateEvent(new ResourceID(session.name(), session.namespace()));
  }

  /** Its counts are no news to its sessions; its spec, its readiness and its revisions are. */
  private void appChanged(Optional<StreamingApp> before, Optional<StreamingApp> after) {
    if (before.isPresent() && after.isPresent() && saysTheSame(before.get(), after.get())) {
      return;
    }
    before
        .or(() -> after)
        .map(Key::of)
        .ifPresent(app -> sessionsOf(app).forEach(session -> wake(Key.of(session))));
  }

  /** Whoever is pinned to it waits for its verification. */
  private void revisionChanged(
      Optional<StreamingAppRevision> before, Optional<StreamingAppRevision> after) {
    var status = after.map(StreamingAppRevision::getStatus);
    if (status.isEmpty() || status.equals(before.map(StreamingAppRevision::getStatus))) {
      return;
    }
    var revision = Key.of(after.orElseThrow());
    sessionsOf(new Key(revision.namespace(), after.orElseThrow().getSpec().app()))
        .filter(session -> revision.name().equals(session.getSpec().revision()))
        .forEach(session -> wake(Key.of(session)));
  }

  /** Its lifetimes say how long sessions stay on nodes that are cordoned, and after their end. */
  private void classChanged(Optional<StreamClass> before, Optional<StreamClass> after) {
    if (!before
        .map(it -> it.getSpec().lifetimes())
        .equals(after.map(it -> it.getSpec().lifetimes()))) {
      before
          .or(() -> after)
          .map(it -> it.getMetadata().getName())
          .ifPresent(
              name -> {
                wakeSessionsOf(pod -> name.equals(label(pod, PodLabels.CLASS)));
                wakeEndedOf(name);
              });
    }
  }

  /** They have no pod that would tell their class: all of the apps that offer it. */
  private void wakeEndedOf(String streamClass) {
    stores
        .apps()
        .values()
        .filter(app -> app.getSpec().classes().contains(streamClass))
        .flatMap(app -> sessionsOf(Key.of(app)))
        .filter(StreamSession::hasEnded)
        .forEach(session -> wake(Key.of(session)));
  }

  private Stream<StreamSession> sessionsOf(Key app) {
    return sessions.byIndex(BY_APP, app.toString()).stream();
  }

  /** Only its cordon, or the end of that, is news to the sessions of a node. */
  private void nodeChanged(Optional<Node> before, Optional<Node> after) {
    if (!cordonedAt(before).equals(cordonedAt(after))) {
      before
          .or(() -> after)
          .map(it -> it.getMetadata().getName())
          .ifPresent(name -> wakeSessionsOf(pod -> name.equals(pod.getSpec().getNodeName())));
    }
  }

  private void wakeSessionsOf(Predicate<Pod> wanted) {
    stores.pods().values().filter(wanted).forEach(this::wakeSessionOf);
  }

  private void wakeSessionOf(Pod pod) {
    var session = label(pod, PodLabels.SESSION);
    if (session != null) {
      wake(new Key(pod.getMetadata().getNamespace(), session));
    }
  }

  private static Optional<Instant> cordonedAt(Optional<Node> node) {
    return node.map(NodeFacts::new).flatMap(NodeFacts::cordonedAt);
  }

  private static @Nullable String label(Pod pod, String name) {
    return pod.getMetadata().getLabels().get(name);
  }

  private static boolean saysTheSame(StreamingApp before, StreamingApp after) {
    return AppFacts.of(before).equals(AppFacts.of(after));
  }
}
