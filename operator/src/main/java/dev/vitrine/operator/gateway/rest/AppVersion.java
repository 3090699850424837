package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.http.Refusal;
import java.util.Objects;

/** What the REST API calls an app's version. */
final class AppVersion {

  private AppVersion() {}

  static String of(StreamingApp app) {
    return Objects.requireNonNullElse(app.getSpec().version(), "latest");
  }

  static Refusal missing(String app, String version) {
    return new Refusal(404, "App %s has no version \"%s\".".formatted(app, version));
  }
}
