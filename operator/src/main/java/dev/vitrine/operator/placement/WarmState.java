package dev.vitrine.operator.placement;

import java.time.Instant;
import java.util.Optional;

/**
 * How the pools of an app fare.
 *
 * @param wanted idle pods, of all its pools
 * @param ready those of them that can serve at once
 * @param sessionsFirst whether sessions wait for pods of a class that they are on
 * @param stuck whether one of its idle pods finds no node
 * @param trouble why one of its pools does not fill by itself
 * @param since when {@code ready} last reached {@code wanted} or fell below it
 */
public record WarmState(
    int wanted,
    int ready,
    boolean sessionsFirst,
    boolean stuck,
    Optional<PoolTrouble> trouble,
    Instant since) {

  static WarmState nothingWanted() {
    return new WarmState(0, 0, false, false, Optional.empty(), Instant.MAX);
  }

  /** False until the pools of the app have been looked at once. */
  public boolean isKnown() {
    return since.isBefore(Instant.MAX);
  }

  public boolean full() {
    return ready >= wanted;
  }

  /** Of two pools together. */
  WarmState and(WarmState other) {
    return new WarmState(
        wanted + other.wanted,
        ready + other.ready,
        sessionsFirst || other.sessionsFirst,
        stuck || other.stuck,
        trouble.or(() -> other.trouble),
        since.isAfter(other.since) ? since : other.since);
  }

  boolean saysTheSame(WarmState other) {
    return full() == other.full()
        && sessionsFirst == other.sessionsFirst
        && stuck == other.stuck
        && trouble.equals(other.trouble)
        && (wanted == 0) == (other.wanted == 0);
  }

  /** With the time at which it got full, or lacking, if it is as it was before. */
  WarmState goingOnFrom(WarmState before) {
    return full() == before.full()
        ? new WarmState(wanted, ready, sessionsFirst, stuck, trouble, before.since)
        : this;
  }
}
