package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingApp;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** Whether a rollout has come to an end, either way. */
final class RolloutVerdict {

  private RolloutVerdict() {}

  /**
   * The condition that says so of the app as it is now, if one does.
   *
   * @param past the time of what was said before and does not count
   */
  static Optional<Condition> of(StreamingApp app, Optional<String> past) {
    return said(app)
        .filter(condition -> !condition.getStatus().equals("Unknown"))
        .filter(
            condition ->
                app.getMetadata().getGeneration().equals(condition.getObservedGeneration()))
        .filter(condition -> !past.equals(Optional.ofNullable(condition.getLastTransitionTime())));
  }

  /** What is said of the rollout, of whatever generation. */
  static Optional<Condition> said(StreamingApp app) {
    return app.getStatus() == null
        ? Optional.empty()
        : app.getStatus().conditions().stream()
            .filter(condition -> condition.getType().equals(ConditionType.ROLLOUT_COMPLETE))
            .findFirst();
  }
}
