package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.StreamSession;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says of each step of a session once that it is new, however often and however late its events
 * come. What a session had behind it when it was first seen is nobody's news.
 */
final class StepWatch {

  private final Map<String, Set<Step>> known = new HashMap<>();

  /** The steps that the session has taken since it was last seen. */
  synchronized Set<Step> news(StreamSession session) {
    var taken = Step.takenBy(session);
    var before = known.putIfAbsent(session.getMetadata().getUid(), taken);
    if (before == null) {
      return Set.of();
    }
    var news = EnumSet.noneOf(Step.class);
    news.addAll(taken);
    news.removeAll(before);
    before.addAll(news);
    return news;
  }

  /** The session is no more. */
  synchronized void forget(StreamSession session) {
    known.remove(session.getMetadata().getUid());
  }
}
