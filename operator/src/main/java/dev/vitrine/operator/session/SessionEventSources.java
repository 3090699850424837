package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes the reconciliation of a session beside the session itself. */
final class SessionEventSources {

  private static final String BY_APP = "app";

  private final InformerEventSource<StreamClass, StreamSession> classes;
  private final InformerEventSource<StreamingApp, StreamSession> apps;
  private final InformerEventSource<Pod, StreamSession> pods;
  private final SimpleInboundEventSource<StreamSession> podAnswers =
      new SimpleInboundEventSource<>("pod-answers");

  SessionEventSources(EventSourceContext<StreamSession> context) {
    context.getPrimaryCache().addIndexer(BY_APP, session -> List.of(appOf(session).toString()));
    classes = classes(context);
    apps = apps(context);
    pods = pods(context);
  }

  List<EventSource<?, StreamSession>> all() {
    return List.of(classes, apps, pods, podAnswers);
  }

  /** Wakes a session whose pod answered. */
  void podAnswered(ResourceID session) {
    podAnswers.propagateEvent(session);
  }

  Optional<StreamClass> streamClass(String name) {
    return classes.get(new ResourceID(name));
  }

  /** Sessions do not wait for classes: an app whose class is missing is not ready. */
  private static InformerEventSource<StreamClass, StreamSession> classes(
      EventSourceContext<StreamSession> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(StreamClass.class, StreamSession.class)
            .withSecondaryToPrimaryMapper(streamClass -> Set.of())
            .build(),
        context);
  }

  private static InformerEventSource<StreamingApp, StreamSession> apps(
      EventSourceContext<StreamSession> context) {
    var sessions = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(StreamingApp.class, StreamSession.class)
            .withSecondaryToPrimaryMapper(
                app ->
                    sessions.byIndex(BY_APP, ResourceID.fromResource(app).toString()).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((StreamSession session) -> Set.of(appOf(session)))
            .build(),
        context);
  }

  private static InformerEventSource<Pod, StreamSession> pods(
      EventSourceContext<StreamSession> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, StreamSession.class)
            .withLabelSelector(PodLabels.SESSION)
            .build(),
        context);
  }

  private static ResourceID appOf(StreamSession session) {
    return new ResourceID(session.getSpec().app(), session.getMetadata().getNamespace());
  }
}
