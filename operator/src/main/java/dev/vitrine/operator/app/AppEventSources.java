package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes the reconciliation of an app beside the app itself. */
final class AppEventSources {

  private static final String BY_CLASS = "class";

  private AppEventSources() {}

  static List<EventSource<?, StreamingApp>> of(EventSourceContext<StreamingApp> context) {
    context.getPrimaryCache().addIndexer(BY_CLASS, app -> app.getSpec().classes());
    return List.of(classes(context), podFiles(context), sessions(context));
  }

  private static EventSource<StreamClass, StreamingApp> classes(
      EventSourceContext<StreamingApp> context) {
    var apps = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(StreamClass.class, StreamingApp.class)
            .withSecondaryToPrimaryMapper(
                streamClass ->
                    apps.byIndex(BY_CLASS, streamClass.getMetadata().getName()).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper(
                (StreamingApp app) ->
                    app.getSpec().classes().stream()
                        .map(ResourceID::new)
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }

  private static EventSource<ConfigMap, StreamingApp> podFiles(
      EventSourceContext<StreamingApp> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, StreamingApp.class)
            .withLabelSelector(PodLabels.APP)
            .build(),
        context);
  }

  /** They wake only an app that is being deleted: it waits for their ends. */
  private static EventSource<StreamSession, StreamingApp> sessions(
      EventSourceContext<StreamingApp> context) {
    var apps = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(StreamSession.class, StreamingApp.class)
            .withSecondaryToPrimaryMapper(session -> Set.of(appOf(session)))
            .withGenericFilter(
                session ->
                    apps.get(appOf(session)).filter(StreamingApp::isMarkedForDeletion).isPresent())
            .build(),
        context);
  }

  /** How many have not ended. */
  static int liveSessions(Set<StreamSession> sessions) {
    return (int) sessions.stream().filter(session -> !ended(session)).count();
  }

  private static boolean ended(StreamSession session) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), ConditionType.ENDED);
  }

  private static ResourceID appOf(StreamSession session) {
    return new ResourceID(session.getSpec().app(), session.getMetadata().getNamespace());
  }
}
