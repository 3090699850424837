package dev.vitrine.operator.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one pod may call: a short burst, then a few a second (a token bucket). */
public final class PodRate {

  private static final int BURST = 20;
  private static final Duration REFILL = Duration.ofMillis(200);
  private static final Duration EMPTY_TO_FULL = REFILL.multipliedBy(BURST);
  private static final int MAX_PODS = 20_000;

  /** Pods by the time at which their bucket is full again. */
  private final Map<String, Instant> fullAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_PODS;
        }
      };

  private final InstantSource clock;

  public PodRate(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean allows(String podUid) {
    var now = clock.instant();
    var full = fullAt.getOrDefault(podUid, now);
    if (full.isBefore(now) || full.isAfter(now.plus(EMPTY_TO_FULL))) { // or the clock was set back
      full = now;
    }
    var next = full.plus(REFILL);
    if (next.isAfter(now.plus(EMPTY_TO_FULL))) {
      return false;
    }
    fullAt.put(podUid, next);
    return true;
  }
}
