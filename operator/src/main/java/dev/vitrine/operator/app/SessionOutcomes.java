package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How sessions fare that a revision was given by its share.
 *
 * @param begun during its rollout, live ones included
 * @param failed of these, by a failure of the revision
 */
record SessionOutcomes(int begun, int failed) {

  /** Fewer say nothing. */
  private static final int ENOUGH = 5;

  static final SessionOutcomes NONE = new SessionOutcomes(0, 0);

  private static final Set<String> FAILURES =
      Set.of(
          EndReason.AppFailed.name(), EndReason.DeviceLost.name(), EndReason.StartTimeout.name());

  /** Those of {@code sessions} that {@code rollout} is judged by. */
  static SessionOutcomes of(Stream<StreamSession> sessions, RolloutProgress rollout) {
    var start = Times.parse(rollout.startedAt()).orElse(Instant.MAX);
    var given =
        sessions
            .filter(session -> session.getSpec().revision() == null)
            .map(StreamSession::getStatus)
            .filter(status -> status != null && rollout.revision().equals(status.revision()))
            .filter(status -> begunAt(status).filter(it -> !it.isBefore(start)).isPresent())
            .toList();
    return new SessionOutcomes(
        given.size(), (int) given.stream().filter(SessionOutcomes::hasFailed).count());
  }

  /** One that failed before a pod accepted it, began with its failure. */
  private static Optional<Instant> begunAt(StreamSessionStatus status) {
    var timeline = status.timeline() == null ? Timeline.empty() : status.timeline();
    return Times.parse(timeline.assignedAt())
        .or(() -> Times.parse(timeline.endedAt()).filter(_ -> hasFailed(status)));
  }

  /** That no node had room for its pod is no failure of the revision. */
  private static boolean hasFailed(StreamSessionStatus status) {
    return Conditions.find(status.conditions(), ConditionType.ENDED)
        .map(Condition::getReason)
        .filter(FAILURES::contains)
        .filter(
            reason -> !reason.equals(EndReason.StartTimeout.name()) || status.nodeName() != null)
        .isPresent();
  }

  /** True if more than {@code maxPercent} of a hundred failed, of enough to say so. */
  boolean exceed(int maxPercent) {
    return begun >= ENOUGH && failed * 100 > maxPercent * begun;
  }
}
