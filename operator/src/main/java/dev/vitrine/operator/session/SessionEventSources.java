package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;

/** What wakes the reconciliation of a session beside the session itself. */
final class SessionEventSources {

  private static final String BY_APP = "app";

  private final IndexerResourceCache<StreamSession> sessions;
  private final InformerEventSource<Pod, StreamSession> pods;
  private final SimpleInboundEventSource<StreamSession> wakes =
      new SimpleInboundEventSource<>("wakes");

  SessionEventSources(EventSourceContext<StreamSession> context, Stores stores) {
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
                .build(),
            context);
    stores.apps().listen(this::appChanged);
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
        .ifPresent(
            app ->
                sessions.byIndex(BY_APP, app.toString()).forEach(session -> wake(Key.of(session))));
  }

  private static boolean saysTheSame(StreamingApp before, StreamingApp after) {
    return AppFacts.of(before).equals(AppFacts.of(after));
  }
}
