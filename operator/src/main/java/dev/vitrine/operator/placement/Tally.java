package dev.vitrine.operator.placement;

import java.util.HashMap;
import java.util.Map;

/** Counts by key; a key that counts nothing takes no room. */
final class Tally<K> {

  private final Map<K, Integer> counts = new HashMap<>();

  void add(K key, int amount) {
    counts.merge(key, amount, (before, more) -> before + more == 0 ? null : before + more);
  }

  int of(K key) {
    return counts.getOrDefault(key, 0);
  }

  Map<K, Integer> all() {
    return counts;
  }
}
