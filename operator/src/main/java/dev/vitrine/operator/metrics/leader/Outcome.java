package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.EndReason;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What came of a session, for the app's developers. */
enum Outcome {
  SERVED,
  UNSERVED,
  FAILED;

  private static final Set<EndReason> FAILURES =
      EnumSet.of(
          EndReason.StartTimeout, EndReason.AppFailed, EndReason.DeviceLost, EndReason.PodLost);

  static Outcome of(EndReason reason, boolean served) {
    if (FAILURES.contains(reason)) {
      return FAILED;
    }
    return served ? SERVED : UNSERVED;
  }

  /** As {@link #of} has it, of the reason of a condition. */
  static boolean isFailure(String reason) {
    return FAILURES.stream().anyMatch(failure -> failure.name().equals(reason));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
