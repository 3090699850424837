package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How sessions of a revision ended: how many did, and how many of these by a failure of it. */
record SessionOutcomes(int ended, int failed) {

  /** Fewer say nothing. */
  private static final int ENOUGH = 5;

  static final SessionOutcomes NONE = new SessionOutcomes(0, 0);

  private static final Set<String> FAILURES =
      Set.of(
          EndReason.AppFailed.name(), EndReason.DeviceLost.name(), EndReason.StartTimeout.name());

  /**
   * Of those of {@code sessions} that were given the revision by its share, and ended during its
   * rollout.
   */
  static SessionOutcomes of(Stream<StreamSession> sessions, RolloutProgress rollout) {
    var begun = Times.parse(rollout.startedAt()).orElse(Instant.MAX);
    var reasons =
        sessions
            .filter(session -> session.getSpec().revision() == null)
            .map(StreamSession::getStatus)
            .filter(status -> status != null && rollout.revision().equals(status.revision()))
            .filter(status -> endedAt(status).filter(begun::isBefore).isPresent())
            .flatMap(status -> Conditions.find(status.conditions(), ConditionType.ENDED).stream())
            .map(Condition::getReason)
            .toList();
    return new SessionOutcomes(
        reasons.size(), (int) reasons.stream().filter(FAILURES::contains).count());
  }

  private static Optional<Instant> endedAt(StreamSessionStatus status) {
    return status.timeline() == null ? Optional.empty() : Times.parse(status.timeline().endedAt());
  }

  /** True if more than {@code maxPercent} of a hundred failed, of enough to say so. */
  boolean exceed(int maxPercent) {
    return ended >= ENOUGH && failed * 100 > maxPercent * ended;
  }
}
