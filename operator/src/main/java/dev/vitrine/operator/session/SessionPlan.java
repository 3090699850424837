package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do for a session, as data: a test can read it, and the reconciler only has to carry it
 * out.
 *
 * @param lookAgainIn time until something is to happen that no event tells of
 */
record SessionPlan(
    StreamSessionStatus status,
    List<Action> actions,
    List<Event> events,
    Optional<Duration> lookAgainIn) {

  private static final Duration SOONEST = Duration.ofMillis(100);

  SessionPlan doing(List<Action> more) {
    return new SessionPlan(status, more, events, lookAgainIn);
  }

  SessionPlan doingAlso(List<Action> more) {
    return more.isEmpty() ? this : doing(Stream.concat(actions.stream(), more.stream()).toList());
  }

  /** For a trace: the state that it says, and the names of its actions. */
  Map<String, String> inWords() {
    return Map.of(
        "vitrine.state",
        Conditions.find(status.conditions(), ConditionType.READY)
            .map(Condition::getReason)
            .orElse(""),
        "vitrine.actions",
        actions.stream()
            .map(action -> action.getClass().getSimpleName())
            .collect(Collectors.joining(", ")));
  }

  SessionPlan lookAgainIn(Duration delay) {
    var atLeast = delay.compareTo(SOONEST) < 0 ? SOONEST : delay;
    return new SessionPlan(status, actions, events, Optional.of(atLeast));
  }
}
