package dev.vitrine.operator.app;

import static java.util.Objects.requireNonNull;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one reconciliation of an app may look at: frozen, and without a client.
 *
 * @param classes those of the app's classes that exist, by name
 * @param podFile the ConfigMap that its pods mount
 * @param refusal what the API server said to a trial of its pods; empty if it took them
 * @param liveSessions how many of its sessions have not ended
 */
record AppView(
    StreamingApp app,
    Map<String, StreamClass> classes,
    Optional<ConfigMap> podFile,
    Optional<String> refusal,
    int liveSessions,
    Instant now) {

  /** This view after a trial. */
  AppView withRefusal(Optional<String> words) {
    return new AppView(app, classes, podFile, words, liveSessions, now);
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
