package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.support.WatchedStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When the watch delivered each session; from the first write on its status knows it. */
final class SessionArrivals {

  private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();
  private final InstantSource clock;

  SessionArrivals(WatchedStore<StreamSession> sessions, InstantSource clock) {
    this.clock = clock;
    sessions.listen(this::changed);
  }

  /** The time of a session without a status. */
  Instant of(StreamSession session) {
    return arrivals.getOrDefault(uid(session), clock.instant());
  }

  private void changed(Optional<StreamSession> before, Optional<StreamSession> after) {
    var waiting = after.filter(SessionArrivals::isUnwritten).map(SessionArrivals::uid);
    waiting.ifPresent(uid -> arrivals.putIfAbsent(uid, clock.instant()));
    before
        .map(SessionArrivals::uid)
        .filter(uid -> waiting.filter(uid::equals).isEmpty())
        .ifPresent(arrivals::remove);
  }

  private static boolean isUnwritten(StreamSession session) {
    return session.getStatus() == null || session.getStatus().timeline() == null;
  }

  private static String uid(StreamSession session) {
    return session.getMetadata().getUid();
  }
}
