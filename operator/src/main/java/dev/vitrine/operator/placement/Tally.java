package dev.vitrine.operator.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts by key; a key that counts nothing takes no room. */
final class Tally<K> {

  private final Map<K, Integer> counts = new HashMap<>();

  void add(K key, int amount) {
    counts.merge(key, amount, (before, more) -> before + more == 0 ? null : before + more);
  }

  int of(K key) {
    return counts.getOrDefault(key, 0);
  }

  /** The counts of these, of all of them. */
  Map<K, Integer> of(Set<K> keys) {
    return keys.stream().collect(Collectors.toMap(Function.identity(), this::of));
  }

  Map<K, Integer> all() {
    return counts;
  }
}
