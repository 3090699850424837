package dev.vitrine.operator.placement;

/**
 * Why a pool does not fill by itself.
 *
 * @param words of the container or the kubelet; may be empty
 */
public record PoolTrouble(Kind kind, String words) {

  /** What became of its idle pods. */
  public enum Kind {
    /** They end by themselves. */
    CRASHING,
    /** They do not get ready in time. */
    NOT_STARTING
  }
}
