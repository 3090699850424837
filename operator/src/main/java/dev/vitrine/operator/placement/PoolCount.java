package dev.vitrine.operator.placement;

/**
 * The idle pods of a pool.
 *
 * @param wanted how many there should be
 * @param ready those that can serve at once
 * @param starting those on the way
 * @param stuck those that find no node
 */
public record PoolCount(int wanted, int ready, int starting, int stuck) {

  /** Of two pools together. */
  public PoolCount and(PoolCount other) {
    return new PoolCount(
        wanted + other.wanted, ready + other.ready, starting + other.starting, stuck + other.stuck);
  }
}
