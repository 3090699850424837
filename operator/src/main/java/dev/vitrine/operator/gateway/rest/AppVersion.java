package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.http.Refusal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the REST API calls a version of an app: a revision that gets new sessions.
 *
 * @param revision to pin a session to; null where there is but one
 */
record AppVersion(String name, @Nullable String revision) {

  /** The newest first; never none. */
  static List<AppVersion> of(StreamingApp app) {
    var status = app.getStatus();
    if (status == null || status.revisions().size() < 2) {
      return List.of(new AppVersion(current(app), null));
    }
    return status.revisions().stream()
        .map(
            share ->
                new AppVersion(
                    Objects.requireNonNullElse(share.version(), share.name()), share.name()))
        .toList();
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

  private static String current(StreamingApp app) {
    var version = app.getSpec().version();
    if (version != null) {
      return version;
    }
    var status = app.getStatus();
    return status == null || status.revisions().isEmpty()
        ? "latest"
        : status.revisions().getFirst().name();
  }
}
