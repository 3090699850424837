package dev.vitrine.operator.gateway.line;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.metrics.Reading;
import dev.vitrine.operator.metrics.Readings;
import io.prometheus.client.Collector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the pages that wait in line, by their asking for their place again and again. */
public final class WaitingPages {

  /** Pages ask every two seconds, or sooner. */
  private static final Duration STILL_THERE = Duration.ofSeconds(10);

  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Map<String, Instant> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };

  public WaitingPages(InstantSource clock) {
    this.clock = clock;
  }

  public List<Collector> collectors() {
    return List.of(
        new Readings(
            Set.of(Metric.WAITING_PAGES),
            () -> List.of(Reading.of(Metric.WAITING_PAGES, count()))));
  }

  /**
   * The page of a session in line asked.
   *
   * @param session its UID
   */
  synchronized void asked(String session) {
    asked.put(session, clock.instant());
  }

  /** Those that asked a moment ago. */
  synchronized int count() {
    var since = clock.instant().minus(STILL_THERE);
    asked.values().removeIf(at -> at.isBefore(since));
    return asked.size();
  }
}
