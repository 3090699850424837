package dev.vitrine.operator.placement;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many idle pods a pool is to have, and which ones.
 *
 * @param min fewest pods, in use and idle together
 * @param targetIdle idle pods beyond those in use
 * @param max pods from which on no idle one is added; empty: no such bound
 * @param patience how long one that has a node may take to get ready
 * @param template what they are to be made of, as idle pods say it; empty: whatever they are
 */
public record WarmTarget(
    int min, int targetIdle, OptionalInt max, Duration patience, String template) {

  /** The same for pods of that template. */
  public WarmTarget of(String otherTemplate) {
    return new WarmTarget(min, targetIdle, max, patience, otherTemplate);
  }

  /** Whether a pod is made of something else by now. */
  boolean outdates(PodCard pod) {
    return !template.isEmpty() && !template.equals(pod.template());
  }

  /** Idle pods wanted while so many are in use. */
  int idle(int inUse) {
    var wanted = Math.max(min, inUse + targetIdle);
    return Math.max(0, Math.min(wanted, max.orElse(Integer.MAX_VALUE)) - inUse);
  }
}
