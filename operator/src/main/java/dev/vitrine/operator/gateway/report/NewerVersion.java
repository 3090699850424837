package dev.vitrine.operator.gateway.report;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import java.util.Objects;
import java.util.Optional;

/** Tells whether a viewer who starts anew gets a newer version of the app. */
final class NewerVersion {

  private static final int ALL = 100;

  private NewerVersion() {}

  /**
   * What the REST API calls it. Only what all new sessions get is told of; a session that is pinned
   * to its revision would get the same again.
   */
  static Optional<String> of(StreamSession session, StreamingApp app) {
    var status = Objects.requireNonNullElse(app.getStatus(), StreamingAppStatus.empty());
    return Optional.ofNullable(session.getStatus())
        .map(StreamSessionStatus::revision)
        .filter(_ -> session.getSpec().revision() == null)
        .flatMap(revision -> newerThan(revision, status));
  }

  private static Optional<String> newerThan(String revision, StreamingAppStatus app) {
    return app.revisions().stream()
        .findFirst()
        .filter(first -> first.percent() == ALL && !first.name().equals(revision))
        .filter(_ -> !isBeingRolledOut(revision, app))
        .map(first -> Objects.requireNonNullElse(first.version(), first.name()));
  }

  /** Under way, or back again: then what all new sessions get is the older one. */
  private static boolean isBeingRolledOut(String revision, StreamingAppStatus app) {
    return app.rollout() != null && app.rollout().revision().equals(revision);
  }
}
