package dev.vitrine.operator.gateway.line;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.queue.Pace;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Times;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when sessions got their pods, for as long as a {@link Pace} counts it: a front end
 * deletes its session when the viewer leaves. Who has just started knows of those that still exist.
 */
public final class GivenPods {

  /** Those beyond make waits look longer than they are, at 22 pods a second and more. */
  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Map<String, Given> bySession =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
          return size() > MOST;
        }
      };

  public GivenPods(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A session got its pod.
   *
   * @param streamClass as its spec has it; null: the app's first
   * @param user empty: anonymous
   */
  record Given(Key app, @Nullable String streamClass, String user, Instant at) {}

  /** A session as it is, or as it was when it went. One that tries a revision has no limits. */
  public void seen(StreamSession session) {
    Optional.ofNullable(session.getStatus())
        .filter(_ -> !session.triesRevision())
        .flatMap(status -> Optional.ofNullable(status.timeline()))
        .flatMap(timeline -> Times.parse(timeline.assignedAt()))
        .ifPresent(at -> remember(session, at));
  }

  private synchronized void remember(StreamSession session, Instant at) {
    forgetOld();
    if (isRecent(at)) {
      bySession.putIfAbsent(session.getMetadata().getUid(), given(session, at));
    }
  }

  /** Those that a pace counts now. */
  synchronized List<Given> recent() {
    forgetOld();
    return List.copyOf(bySession.values());
  }

  /** They come about in the order of their times. */
  private void forgetOld() {
    var eldest = bySession.values().iterator();
    while (eldest.hasNext() && !isRecent(eldest.next().at())) {
      eldest.remove();
    }
  }

  private boolean isRecent(Instant at) {
    return at.isAfter(clock.instant().minus(Pace.WINDOW));
  }

  private static Given given(StreamSession session, Instant at) {
    var spec = session.getSpec();
    var app = new Key(session.getMetadata().getNamespace(), spec.app());
    return new Given(app, spec.className(), Objects.requireNonNullElse(spec.user(), ""), at);
  }
}
