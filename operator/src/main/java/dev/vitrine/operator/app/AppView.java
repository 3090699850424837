package dev.vitrine.operator.app;

import static java.util.Objects.requireNonNull;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.WarmState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything one reconciliation of an app may look at: frozen, and without a client.
 *
 * @param classes those of the app's classes that exist, by name
 * @param revisions the app's
 * @param podFile the ConfigMap that its pods mount
 * @param budget what keeps its pods from being evicted while their viewers are connected
 * @param policies whom its pods may reach, and who may reach them
 * @param prePulls what has images on nodes before they are needed
 * @param podsByRevision how many pods there are of each revision that has any
 * @param pinned the revisions that sessions which have not ended ask for by name; looked for only
 *     if there are more of the past than the app keeps
 * @param outcomes how sessions of the current revision fare; counted only during its rollout
 * @param warm how its pools of idle pods fare
 * @param refusal what the API server said to a trial of its pods; empty if it took them
 * @param liveSessions how many of its sessions have not ended; counted only if it is being deleted
 */
record AppView(
    StreamingApp app,
    Map<String, StreamClass> classes,
    List<StreamingAppRevision> revisions,
    Optional<ConfigMap> podFile,
    Optional<PodDisruptionBudget> budget,
    List<NetworkPolicy> policies,
    List<DaemonSet> prePulls,
    Map<String, Integer> podsByRevision,
    Set<String> pinned,
    SessionOutcomes outcomes,
    WarmState warm,
    Optional<String> refusal,
    int liveSessions,
    Instant now) {

  /** This view after a trial. */
  AppView withRefusal(Optional<String> words) {
    return new AppView(
        app,
        classes,
        revisions,
        podFile,
        budget,
        policies,
        prePulls,
        podsByRevision,
        pinned,
        outcomes,
        warm,
        words,
        liveSessions,
        now);
  }

  /** One of the classes of an app all of whose classes exist. */
  StreamClass streamClass(String name) {
    return requireNonNull(classes.get(name), name);
  }

  /** fabric8 hands out null for an absent status; this is the one place that knows. */
  StreamingAppStatus reported() {
    return app.getStatus() == null ? StreamingAppStatus.empty() : app.getStatus();
  }
}
