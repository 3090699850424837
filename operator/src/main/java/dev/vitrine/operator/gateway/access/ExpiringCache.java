package dev.vitrine.operator.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Remembers answers for a short while, and no more of them than a limit. */
final class ExpiringCache<K, V> {

  private record Remembered<V>(V value, Instant goodUntil) {}

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
      if (known != null && clock.instant().isBefore(known.goodUntil())) {
        return known.value();
      }
    }
    var value = fresh.get();
    synchronized (entries) {
      entries.remove(key);
      entries.put(key, new Remembered<>(value, clock.instant().plus(lifetime)));
    }
    return value;
  }
}
