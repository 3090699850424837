package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.StreamSession;
import java.util.EnumSet;
import java.util.Set;

/** What happens to a session once, as its status tells. */
enum Step {
  ASSIGNED,
  CONNECTED,
  FIRST_FRAME,
  ENDED;

  /** Those that it has taken. */
  static Set<Step> takenBy(StreamSession session) {
    var times = SessionTimes.of(session);
    var taken = EnumSet.noneOf(Step.class);
    times.assigned().ifPresent(_ -> taken.add(ASSIGNED));
    times.connected().ifPresent(_ -> taken.add(CONNECTED));
    times.firstFrame().ifPresent(_ -> taken.add(FIRST_FRAME));
    if (session.hasEnded()) {
      taken.add(ENDED);
    }
    return taken;
  }
}
