package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingApp;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Objects;
import java.util.Optional;

/** Whether a rollout has come to an end, either way. */
final class RolloutVerdict {

  private RolloutVerdict() {}

  /**
   * The condition that says so of the app as it is now, if one does.
   *
   * @param past what was said before and does not count
   */
  static Optional<Condition> of(StreamingApp app, Optional<Condition> past) {
    return saidNow(app)
        .filter(condition -> !isOpen(condition))
        .filter(condition -> past.stream().noneMatch(before -> isSame(before, condition)));
  }

  /** How the rollout of the app as it is now stands while it goes on, in a sentence. */
  static Optional<String> progress(StreamingApp app) {
    return saidNow(app)
        .filter(RolloutVerdict::isOpen)
        .map(condition -> condition.getReason() + ": " + condition.getMessage());
  }

  private static boolean isOpen(Condition condition) {
    return condition.getStatus().equals("Unknown");
  }

  private static Optional<Condition> saidNow(StreamingApp app) {
    var generation = app.getMetadata().getGeneration();
    return said(app).filter(condition -> generation.equals(condition.getObservedGeneration()));
  }

  /** Times have whole seconds: two words of one second may differ in what they say. */
  private static boolean isSame(Condition before, Condition now) {
    return Objects.equals(before.getLastTransitionTime(), now.getLastTransitionTime())
        && Objects.equals(before.getObservedGeneration(), now.getObservedGeneration())
        && Objects.equals(before.getReason(), now.getReason())
        && Objects.equals(before.getMessage(), now.getMessage());
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
