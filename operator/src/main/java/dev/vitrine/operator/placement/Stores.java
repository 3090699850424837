package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.pod.SlimPod;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.WatchedStore;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/** What the controller watches: one informer a kind fills each of these. */
public record Stores(
    WatchedStore<StreamClass> classes,
    WatchedStore<StreamingApp> apps,
    WatchedStore<StreamingAppRevision> revisions,
    WatchedStore<StreamSession> sessions,
    WatchedStore<Pod> pods,
    WatchedStore<Node> nodes) {

  /** Empty ones. */
  public static Stores create() {
    return new Stores(
        new WatchedStore<>(),
        new WatchedStore<>(),
        new WatchedStore<>(),
        new WatchedStore<>(session -> Conditions.trim(session.conditions())),
        new WatchedStore<>(SlimPod::trim),
        new WatchedStore<>(Stores::trim));
  }

  private static void trim(Node node) {
    node.setStatus(null);
    node.getMetadata().setAnnotations(Map.of());
  }
}
