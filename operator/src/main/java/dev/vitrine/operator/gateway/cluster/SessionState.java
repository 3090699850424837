package dev.vitrine.operator.gateway.cluster;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/** Where a session stands for whoever wants to connect; worked out afresh from what is observed. */
public sealed interface SessionState {

  /**
   * Not to be joined yet.
   *
   * @param reason the session's one word, such as {@code Starting}
   * @param assigned the pod, once it knows of the session
   */
  record Pending(String reason, String message, Optional<Pod> assigned) implements SessionState {}

  /** To be joined at this pod. */
  record Ready(String message, Pod pod) implements SessionState {}

  /**
   * Over, for good.
   *
   * @param reason such as {@code IdleTimeout}
   */
  record Ended(String reason, String message) implements SessionState {
    /** Of a session that nothing keeps any more. */
    public static final Ended DELETED = new Ended("ClosedByApi", "The session was deleted");
  }

  /** Whether it will be ready, or over, without anybody else's doing. */
  default boolean isOnItsWay() {
    return this instanceof Pending(var reason, var _, var _)
        && !reason.equals(SessionReason.Queued.name());
  }

  static SessionState of(StreamSession session, Optional<Pod> pod) {
    if (session.getMetadata().getDeletionTimestamp() != null) {
      return Ended.DELETED;
    }
    var ended = condition(session, ConditionType.ENDED).filter(SessionState::holds);
    if (ended.isPresent()) {
      return new Ended(ended.get().getReason(), message(ended.get()));
    }
    var ready = condition(session, ConditionType.READY);
    if (ready.filter(SessionState::holds).isPresent() && pod.isPresent()) {
      return new Ready(message(ready.get()), pod.get());
    }
    var assigned = condition(session, ConditionType.ASSIGNED).filter(SessionState::holds);
    return new Pending(
        ready.map(Condition::getReason).orElse("Pending"),
        ready.map(SessionState::message).orElse("The session waits for the controller"),
        assigned.flatMap(_ -> pod));
  }

  private static Optional<Condition> condition(StreamSession session, String type) {
    var status = Objects.requireNonNullElse(session.getStatus(), StreamSessionStatus.empty());
    return status.conditions().stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  private static boolean holds(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  private static String message(Condition condition) {
    return Objects.requireNonNullElse(condition.getMessage(), "");
  }
}
