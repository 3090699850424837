package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one place that knows the rules of metav1.Condition. */
public final class Conditions {

  private static final int MAX_MESSAGE_CHARS = 4096;

  private Conditions() {}

  /** It holds. */
  public static Condition isTrue(String type, Enum<?> reason, String message) {
    return of(type, "True", reason, message);
  }

  /** It does not hold. */
  public static Condition isFalse(String type, Enum<?> reason, String message) {
    return of(type, "False", reason, message);
  }

  /** Nobody can say yet. */
  public static Condition unknown(String type, Enum<?> reason, String message) {
    return of(type, "Unknown", reason, message);
  }

  /** Takes out what nobody reads of those that are kept: a map in each for unknown fields. */
  public static void trim(List<Condition> conditions) {
    conditions.forEach(condition -> condition.setAdditionalProperties(Map.of()));
  }

  /** The condition of that type. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  /** True if there is a condition of that type and it holds. */
  public static boolean holds(List<Condition> conditions, String type) {
    return find(conditions, type).filter(found -> found.getStatus().equals("True")).isPresent();
  }

  /**
   * Each with the time of its last change: the old one's while the status is the same. The memory
   * is the resource itself, not this process.
   */
  public static List<Condition> carryOver(
      List<Condition> before, List<Condition> next, HasMetadata owner, Instant now) {
    return next.stream().map(condition -> carryOver(before, condition, owner, now)).toList();
  }

  private static Condition carryOver(
      List<Condition> before, Condition next, HasMetadata owner, Instant now) {
    var since =
        find(before, next.getType())
            .filter(old -> old.getStatus().equals(next.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return next.edit()
        .withLastTransitionTime(since)
        .withObservedGeneration(owner.getMetadata().getGeneration())
        .build();
  }

  private static Condition of(String type, String status, Enum<?> reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason.name())
        .withMessage(
            message.length() > MAX_MESSAGE_CHARS
                ? message.substring(0, MAX_MESSAGE_CHARS)
                : message)
        .build();
  }
}
