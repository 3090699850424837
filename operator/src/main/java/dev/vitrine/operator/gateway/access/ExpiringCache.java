package dev.vitrine.operator.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Remembers answers for a short while, and no more of them than a limit. */
final class ExpiringCache<K, V> {

  private record Remembered<V>(V value, Instant at) {}

  private final Map<K, Remembered<V>> entries;
  private final Duration lifetime;
  private final InstantSource clock;

  ExpiringCache(int limit, Duration lifetime, InstantSource clock) {
    this.lifetime = lifetime;
    this.clock = clock;
    this.entries =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
            return size() > limit;
          }
        };
  }

  /** The remembered answer, or a fresh one; two who ask at once may both cause a fresh one. */
  V get(K key, Supplier<V> fresh) {
    synchronized (entries) {
      var known = entries.get(key);
      if (known != null && isGood(known.at(), clock.instant())) {
        return known.value();
      }
    }
    var value = fresh.get();
    synchronized (entries) {
      entries.remove(key);
      entries.put(key, new Remembered<>(value, clock.instant()));
    }
    return value;
  }

  /** What seems to come from the future is not: the clock was set back. */
  private boolean isGood(Instant at, Instant now) {
    return !now.isBefore(at) && now.isBefore(at.plus(lifetime));
  }
}
