package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Under what a session counts. What users may write, such as the names of an app and a class, is a
 * label only where there is such a thing: nobody can make up series without end.
 */
final class SessionLabels {

  static final String NONE = "";
  static final String WARM = "warm";
  static final String COLD = "cold";

  private static final String PENDING = "Pending";
  private static final Set<String> STATES =
      Arrays.stream(SessionReason.values()).map(Enum::name).collect(Collectors.toSet());

  private final Stores stores;

  SessionLabels(Stores stores) {
    this.stores = stores;
  }

  /** Its app, if there is one. */
  Optional<StreamingApp> app(StreamSession session) {
    return stores
        .apps()
        .find(new Key(session.getMetadata().getNamespace(), session.getSpec().app()));
  }

  /** Its class, if there is one. */
  String className(StreamSession session) {
    return Optional.ofNullable(session.getSpec().className())
        .or(() -> app(session).map(app -> app.getSpec().classes().getFirst()))
        .filter(name -> stores.classes().find(name).isPresent())
        .orElse(NONE);
  }

  /** The one word of where it stands. */
  static String state(StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
        .map(Condition::getReason)
        .filter(STATES::contains)
        .orElse(PENDING);
  }
}
