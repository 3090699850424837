package dev.vitrine.operator.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Idle pods that were claimed are replaced in a moment, each in its own: claims that come at a
 * steady rate make pods at that rate, and not many at once.
 */
final class Replacements {

  /** A viewer's first picture comes first: a pod that starts takes its node's processor time. */
  private static final Duration BEHIND_A_CLAIM = Duration.ofSeconds(1);

  /** One look serves those that are due within so many milliseconds. */
  private static final long GRID_MILLIS = 50;

  /** When the pods of a pool are due, the first one first. */
  private final Map<Pool, Deque<Instant>> due = new HashMap<>();

  /**
   * Those of a pool that are not due yet.
   *
   * @param pods how many; at least one
   * @param next when the first one is
   */
  record Later(int pods, Instant next) {}

  /** A pod of {@code pool} is claimed. */
  void add(Pool pool, Instant now) {
    due.computeIfAbsent(pool, _ -> new ArrayDeque<>()).add(onGrid(now.plus(BEHIND_A_CLAIM)));
  }

  /** What is not due yet; that of pools other than {@code wanted} is forgotten. */
  Map<Pool, Later> later(Instant now, Collection<Pool> wanted) {
    due.keySet().retainAll(wanted);
    due.values().forEach(times -> times.removeIf(time -> isDue(time, now)));
    due.values().removeIf(Deque::isEmpty);
    var later = new HashMap<Pool, Later>();
    due.forEach((pool, times) -> later.put(pool, new Later(times.size(), times.getFirst())));
    return later;
  }

  /** So is what a clock that was put back would put off. */
  private static boolean isDue(Instant time, Instant now) {
    return !now.isBefore(time) || time.isAfter(onGrid(now.plus(BEHIND_A_CLAIM)));
  }

  private static Instant onGrid(Instant time) {
    return Instant.ofEpochMilli((time.toEpochMilli() / GRID_MILLIS + 1) * GRID_MILLIS);
  }
}
