package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.ListPage;
import dev.vitrine.operator.support.WatchedStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
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

/** What wakes the reconciliation of an app beside the app itself. */
final class AppEventSources {

  private static final String BY_CLASS = "class";

  private final EventSourceContext<StreamingApp> context;
  private final Stores stores;
  private final SimpleInboundEventSource<StreamingApp> wakes =
      new SimpleInboundEventSource<>("wakes");

  AppEventSources(EventSourceContext<StreamingApp> context, Stores stores) {
    this.context = context;
    this.stores = stores;
    context.getPrimaryCache().addIndexer(BY_CLASS, app -> app.getSpec().classes());
    stores.revisions().listen(this::revisionChanged);
    stores.sessions().listen(this::sessionChanged);
  }

  List<EventSource<?, StreamingApp>> all() {
    return List.of(classes(), podFiles(), budgets(), policies(), prePulls(), nodes(), wakes);
  }

  void wake(Key app) {
    wakes.propagateEvent(new ResourceID(app.name(), app.namespace()));
  }

  private EventSource<StreamClass, StreamingApp> classes() {
    var apps = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(StreamClass.class, StreamingApp.class)
            .withItemStore(stores.classes())
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

  private EventSource<ConfigMap, StreamingApp> podFiles() {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, StreamingApp.class)
            .withLabelSelector(PodLabels.APP)
            .withItemStore(new WatchedStore<>())
            .withInformerListLimit(ListPage.ITEMS)
            .build(),
        context);
  }

  /** Their status counts connected viewers, which is no news to an app. */
  private EventSource<PodDisruptionBudget, StreamingApp> budgets() {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(PodDisruptionBudget.class, StreamingApp.class)
            .withLabelSelector(PodLabels.APP)
            .withItemStore(new WatchedStore<>(budget -> budget.setStatus(null)))
            .withInformerListLimit(ListPage.ITEMS)
            .withOnUpdateFilter((after, before) -> !isTheSame(before, after))
            .build(),
        context);
  }

  private EventSource<NetworkPolicy, StreamingApp> policies() {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(NetworkPolicy.class, StreamingApp.class)
            .withLabelSelector(PodLabels.APP)
            .withItemStore(new WatchedStore<>())
            .withInformerListLimit(ListPage.ITEMS)
            .build(),
        context);
  }

  /** That they are there or gone matters; how far they have come does not. */
  private EventSource<DaemonSet, StreamingApp> prePulls() {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(DaemonSet.class, StreamingApp.class)
            .withLabelSelector(PodLabels.PRE_PULL)
            .withItemStore(new WatchedStore<>(AppEventSources::trim))
            .withInformerListLimit(ListPage.ITEMS)
            .withOnUpdateFilter((before, after) -> false)
            .withSecondaryToPrimaryMapper(
                set ->
                    Set.of(
                        new ResourceID(
                            set.getMetadata().getLabels().get(PodLabels.APP),
                            set.getMetadata().getNamespace())))
            .build(),
        context);
  }

  private static boolean isTheSame(PodDisruptionBudget before, PodDisruptionBudget after) {
    return before.getSpec().equals(after.getSpec())
        && before
            .getMetadata()
            .getOwnerReferences()
            .equals(after.getMetadata().getOwnerReferences());
  }

  private static void trim(DaemonSet set) {
    set.setSpec(null);
    set.setStatus(null);
  }

  /** Watched here for placement's sake; they wake nobody. */
  private EventSource<Node, StreamingApp> nodes() {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Node.class, StreamingApp.class)
            .withItemStore(stores.nodes())
            .withSecondaryToPrimaryMapper(node -> Set.of())
            .build(),
        context);
  }

  private void revisionChanged(
      Optional<StreamingAppRevision> before, Optional<StreamingAppRevision> after) {
    after
        .or(() -> before)
        .ifPresent(
            revision ->
                wake(new Key(revision.getMetadata().getNamespace(), revision.getSpec().app())));
  }

  /** They wake only an app that waits for their ends. */
  private void sessionChanged(Optional<StreamSession> before, Optional<StreamSession> after) {
    var goesOn = after.filter(session -> !session.hasEnded()).isPresent();
    var wasOver = before.filter(StreamSession::hasEnded).isPresent() && after.isPresent();
    if (goesOn || wasOver) {
      return;
    }
    var session = after.or(() -> before).orElseThrow();
    stores
        .apps()
        .find(new Key(session.getMetadata().getNamespace(), session.getSpec().app()))
        .filter(app -> awaitsEnd(app, session))
        .map(Key::of)
        .ifPresent(this::wake);
  }

  /** To let the revision go that was kept for it, to be deleted, or to see how it ended. */
  static boolean awaitsEnd(StreamingApp app, StreamSession session) {
    return session.getSpec().revision() != null
        || app.isMarkedForDeletion()
        || (app.getStatus() != null && app.getStatus().rollout() != null);
  }
}
