package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/**
 * A session in a list.
 *
 * @param state the word that says where it stands
 * @param end why it ended, if it has
 * @param createdAt RFC 3339
 */
public record SessionRow(
    String namespace,
    String name,
    String app,
    String state,
    Optional<String> end,
    Optional<String> user,
    Optional<String> pod,
    Optional<String> node,
    String createdAt) {

  /** The session's. */
  public static SessionRow of(StreamSession session) {
    var status = Optional.ofNullable(session.getStatus());
    return new SessionRow(
        session.getMetadata().getNamespace(),
        session.getMetadata().getName(),
        session.getSpec().app(),
        reason(session, ConditionType.READY).orElse("Unknown"),
        session.hasEnded() ? reason(session, ConditionType.ENDED) : Optional.empty(),
        Optional.ofNullable(session.getSpec().user()),
        status.map(StreamSessionStatus::podName),
        status.map(StreamSessionStatus::nodeName),
        session.getMetadata().getCreationTimestamp());
  }

  private static Optional<String> reason(StreamSession session, String type) {
    return session.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(Condition::getReason)
        .findFirst();
  }
}
