package dev.vitrine.operator.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Idle pods of a pool end by themselves, or are given up because they do not get ready, one after
 * the other, and none gets ready between. Those that are there together fail together, as one.
 *
 * @param pods UIDs of the last one, and of those that were there with it
 * @param trouble what became of it
 * @param pause until the next one is made; it grows from time to time
 * @param until when it is made
 */
record FailingPool(Set<String> pods, PoolTrouble trouble, Duration pause, Instant until) {

  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * With one more: the first one costs no pause, because a pod may end by its node's fault.
   *
   * @param before as it was; null: no pod had ended
   * @param pods UIDs of all that the pool has, the one that failed included
   */
  static FailingPool after(
      @Nullable FailingPool before, Set<String> pods, PoolTrouble trouble, Instant now) {
    if (before == null) {
      return new FailingPool(pods, trouble, Duration.ZERO, now);
    }
    var wanted = before.pause().isZero() ? FIRST : before.pause().multipliedBy(2);
    var pause = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    return new FailingPool(pods, trouble, pause, now.plus(pause));
  }
}
