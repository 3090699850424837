package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.PlacementPlan.Preemption;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.pod.PodNames;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.support.WatchedStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws pods for sessions and pools out of what the stores know; empty if something is gone. */
final class PodBlueprints {

  /** Room for the random end of a name (API server: five characters) and a dash. */
  private static final int MAX_PREFIX_CHARS = 57;

  private final WatchedStore<StreamSession> sessions;
  private final WatchedStore<StreamingApp> apps;
  private final WatchedStore<StreamingAppRevision> revisions;
  private final WatchedStore<StreamClass> classes;
  private final RuntimePodFactory pods;

  PodBlueprints(Stores stores, RuntimePodFactory pods) {
    sessions = stores.sessions();
    apps = stores.apps();
    revisions = stores.revisions();
    classes = stores.classes();
    this.pods = pods;
  }

  /** A new pod for a session: named after it, so that it cannot be made twice, and owned by it. */
  Optional<Pod> ofSession(PodRequest request) {
    return living(request)
        .flatMap(
            session ->
                plain(request.pool(), session.getSpec().parameters())
                    .map(
                        pod ->
                            named(pod, session)
                                .editMetadata()
                                .withName(PodNames.own(session))
                                .addToLabels(PodLabels.SESSION, request.session().name())
                                .addToLabels(trialLabels(request))
                                .endMetadata()
                                .build()));
  }

  /** An idle pod, owned by its revision. */
  Optional<Pod> idle(Pool pool) {
    return revision(pool)
        .flatMap(
            revision ->
                plain(pool, Map.of())
                    .map(RuntimePodFactory::idle)
                    .map(
                        pod ->
                            named(pod, revision)
                                .editMetadata()
                                .withGenerateName(shortened(pool.revision()) + "-")
                                .endMetadata()
                                .build()));
  }

  /**
   * The patch that makes an idle pod a session's own: the owner moves from revision to session,
   * under the version that was seen. Of two who claim a pod one gets 409.
   */
  Optional<Pod> claim(PodRequest request, PodCard pod, Instant now) {
    return living(request)
        .map(
            session ->
                new PodBuilder()
                    .withMetadata(
                        new ObjectMetaBuilder()
                            .withResourceVersion(pod.resourceVersion())
                            .addToLabels(PodLabels.SESSION, request.session().name())
                            .addToAnnotations(PodLabels.CLAIMED_AT, Times.micros(now))
                            .withOwnerReferences(List.of(Owners.controller(session)))
                            .build())
                    .build());
  }

  /** The patch that says for whom the session of a pod makes room. */
  static Pod preemption(Preemption preemption) {
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withResourceVersion(preemption.pod().resourceVersion())
                .addToAnnotations(PodLabels.PREEMPTED_FOR, preemption.session())
                .build())
        .build();
  }

  /** Only of what the controller itself tries: a user's session may carry any label. */
  private static Map<String, String> trialLabels(PodRequest request) {
    return request.trial() ? Map.of(Labels.VERIFIES, request.pool().revision()) : Map.of();
  }

  private Optional<StreamSession> living(PodRequest request) {
    return sessions
        .find(request.session())
        .filter(session -> session.getMetadata().getUid().equals(request.uid()))
        .filter(session -> !session.hasEnded() && !session.isMarkedForDeletion());
  }

  private Optional<Pod> plain(Pool pool, Map<String, String> given) {
    return apps.find(pool.app())
        .flatMap(
            app ->
                revision(pool)
                    .flatMap(
                        revision ->
                            classes
                                .find(pool.streamClass())
                                .map(
                                    streamClass ->
                                        pods.desired(
                                            app,
                                            revision,
                                            streamClass,
                                            ParameterRules.values(
                                                revision.getSpec().parameters(), given)))));
  }

  private Optional<StreamingAppRevision> revision(Pool pool) {
    return revisions.find(new Key(pool.app().namespace(), pool.revision()));
  }

  private static PodBuilder named(Pod pod, HasMetadata owner) {
    return pod.edit()
        .editMetadata()
        .withOwnerReferences(List.of(Owners.controller(owner)))
        .endMetadata();
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), MAX_PREFIX_CHARS));
  }
}
