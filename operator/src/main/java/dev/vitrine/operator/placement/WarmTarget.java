package dev.vitrine.operator.placement;

import java.util.OptionalInt;

/**
 * How many idle pods a pool is to have.
 *
 * @param min fewest pods, in use and idle together
 * @param targetIdle idle pods beyond those in use
 * @param max pods from which on no idle one is added; empty: no such bound
 */
public record WarmTarget(int min, int targetIdle, OptionalInt max) {

  /** Idle pods wanted while so many are in use. */
  int idle(int inUse) {
    var wanted = Math.max(min, inUse + targetIdle);
    return Math.max(0, Math.min(wanted, max.orElse(Integer.MAX_VALUE)) - inUse);
  }
}
