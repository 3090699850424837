package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.http.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the REST API calls a version of an app: a revision that gets new sessions.
 *
 * @param revision to pin a session to; null where the shares decide
 */
record AppVersion(String name, @Nullable String revision) {

  /** The newest first; never none. */
  static List<AppVersion> of(StreamingApp app) {
    var status = app.getStatus();
    if (status == null || status.revisions().isEmpty()) {
      return List.of(
          new AppVersion(Objects.requireNonNullElse(app.getSpec().version(), "latest"), null));
    }
    var rollout = status.rollout();
    var revisions = new LinkedHashMap<String, List<String>>();
    for (var share : status.revisions()) {
      var name = Objects.requireNonNullElse(share.version(), share.name());
      revisions.computeIfAbsent(name, _ -> new ArrayList<>()).add(share.name());
    }
    return revisions.entrySet().stream()
        .map(
            entry ->
                new AppVersion(entry.getKey(), pin(entry.getValue(), revisions.size(), rollout)))
        .toList();
  }

  /**
   * Where a name does not tell one of several, the shares do; and so they do for one that is being
   * rolled out, as front ends ask for the newest.
   */
  private static @Nullable String pin(
      List<String> ofThatName, int names, @Nullable RolloutProgress rollout) {
    if (names == 1 || ofThatName.size() > 1) {
      return null;
    }
    var revision = ofThatName.getFirst();
    return rollout != null && rollout.revision().equals(revision) ? null : revision;
  }

  /**
   * The one of that name.
   *
   * @throws Refusal 404 if the app has none
   */
  static AppVersion find(StreamingApp app, String name) {
    return of(app).stream()
        .filter(version -> version.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "App %s has no version \"%s\".".formatted(app.getMetadata().getName(), name)));
  }
}
