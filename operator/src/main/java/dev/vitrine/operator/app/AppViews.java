package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what an app's view shows, out of memory only. */
final class AppViews {

  private final Stores stores;
  private final Placements placements;
  private final InstantSource clock;

  AppViews(Stores stores, Placements placements, InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    this.clock = clock;
  }

  AppView of(StreamingApp app, Context<StreamingApp> context) {
    var key = Key.of(app);
    var revisions =
        stores.revisions().values().filter(revision -> Owners.owns(app, revision)).toList();
    return new AppView(
        app,
        app.getSpec().classes().stream()
            .flatMap(name -> stores.classes().find(name).stream())
            .collect(Collectors.toMap(known -> known.getMetadata().getName(), Function.identity())),
        revisions,
        context.getSecondaryResource(ConfigMap.class),
        context.getSecondaryResource(PodDisruptionBudget.class),
        List.copyOf(context.getSecondaryResources(NetworkPolicy.class)),
        List.copyOf(context.getSecondaryResources(DaemonSet.class)),
        placements.podsByRevision(key),
        Revisions.exceedHistory(app, revisions) ? Revisions.pinnedBy(sessionsOf(key)) : Set.of(),
        outcomes(app),
        placements.warmState(key),
        Optional.empty(),
        app.isMarkedForDeletion() ? liveSessions(key) : 0,
        clock.instant());
  }

  private int liveSessions(Key app) {
    return (int) sessionsOf(app).filter(session -> !session.hasEnded()).count();
  }

  private SessionOutcomes outcomes(StreamingApp app) {
    var rollout = app.getStatus() == null ? null : app.getStatus().rollout();
    return rollout == null
        ? SessionOutcomes.NONE
        : SessionOutcomes.of(sessionsOf(Key.of(app)), rollout);
  }

  private Stream<StreamSession> sessionsOf(Key app) {
    return stores
        .sessions()
        .values()
        .filter(session -> session.getSpec().app().equals(app.name()))
        .filter(session -> session.getMetadata().getNamespace().equals(app.namespace()));
  }
}
