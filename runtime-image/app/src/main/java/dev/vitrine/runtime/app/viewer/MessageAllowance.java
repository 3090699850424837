package dev.vitrine.runtime.app.viewer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many messages a page may still send: some at once, and then so many a second. For use by one
 * thread.
 */
final class MessageAllowance {

  static final int AT_ONCE = 50; // fewer than may wait for the stage process
  static final int A_SECOND = 50;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS_EACH = SECOND_NANOS / A_SECOND;

  private final LongSupplier nanos;
  private long spentUntil; // when all that was taken would have come in at the steady rate
  private long refusalToldAt;

  /**
   * @param nanos a clock that only goes forward
   */
  MessageAllowance(LongSupplier nanos) {
    this.nanos = nanos;
    this.spentUntil = nanos.getAsLong();
    this.refusalToldAt = spentUntil - SECOND_NANOS;
  }

  /** Whether one more message may be taken now; then it is. */
  boolean take() {
    long now = nanos.getAsLong();
    long ahead = Math.max(0, spentUntil - now);
    if (ahead > (AT_ONCE - 1) * NANOS_EACH) {
      return false;
    }
    spentUntil = now + ahead + NANOS_EACH;
    return true;
  }

  /** Whether a refusal is told: one a second, as an answer must not cost more than the question. */
  boolean tellsRefusal() {
    long now = nanos.getAsLong();
    if (now - refusalToldAt < SECOND_NANOS) {
      return false;
    }
    refusalToldAt = now;
    return true;
  }
}
