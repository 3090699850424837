package dev.vitrine.operator.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Idle pods by pool, in the order in which they serve, while a round gives them away. */
final class IdlePods {

  /** The sooner it can serve, the better; of those alike the oldest. */
  private static final Comparator<PodCard> BEST_FIRST =
      Comparator.comparing(PodCard::state)
          .thenComparing(PodCard::since)
          .thenComparing(PodCard::uid);

  private final Map<Pool, NavigableSet<PodCard>> pools = new HashMap<>();

  void add(PodCard pod) {
    pools.computeIfAbsent(pod.pool(), _ -> new TreeSet<>(BEST_FIRST)).add(pod);
  }

  void remove(PodCard pod) {
    podsOf(pod.pool()).remove(pod);
  }

  /** The pools that have, or had, such pods. */
  Set<Pool> pools() {
    return pools.keySet();
  }

  int count(Pool pool) {
    return podsOf(pool).size();
  }

  /** Those of a pool, the last one first. */
  List<PodCard> lastFirst(Pool pool) {
    return List.copyOf(podsOf(pool).descendingSet());
  }

  /** Takes out the one that can serve soonest. */
  Optional<PodCard> takeBest(Pool pool) {
    return Optional.ofNullable(podsOf(pool).pollFirst());
  }

  /** Takes out the one that can serve last. */
  Optional<PodCard> takeLast(Pool pool) {
    return Optional.ofNullable(podsOf(pool).pollLast());
  }

  /** Takes out the one that could serve last, of the largest pool that has such ones. */
  Optional<PodCard> takeOne(Predicate<PodCard> wanted) {
    var found =
        pools.values().stream()
            .filter(pods -> pods.stream().anyMatch(wanted))
            .max(Comparator.comparing(NavigableSet::size))
            .flatMap(pods -> pods.descendingSet().stream().filter(wanted).findFirst());
    found.ifPresent(this::remove);
    return found;
  }

  private NavigableSet<PodCard> podsOf(Pool pool) {
    return pools.getOrDefault(pool, new TreeSet<>(BEST_FIRST));
  }
}
