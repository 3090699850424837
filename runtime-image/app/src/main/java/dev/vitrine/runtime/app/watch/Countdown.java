package dev.vitrine.runtime.app.watch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The time that a watch may take, from now on. */
final class Countdown {

  private final LongSupplier nanoTime;
  private final long begunAt;
  private final long limitNanos;

  /**
   * Begins now.
   *
   * @param nanoTime a clock that never goes back, such as {@code System::nanoTime}
   */
  Countdown(Duration limit, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begunAt = nanoTime.getAsLong();
    this.limitNanos = limit.toNanos();
  }

  /** What is left; never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, limitNanos - passedNanos()));
  }

  /** What is left, or the given time if that is shorter. */
  Duration leftUpTo(Duration most) {
    var left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  Duration passed() {
    return Duration.ofNanos(passedNanos());
  }

  /** Lets some time pass, but no more than there is. */
  void pause(Duration time) {
    LockSupport.parkNanos(leftUpTo(time).toNanos());
  }

  private long passedNanos() {
    return nanoTime.getAsLong() - begunAt;
  }
}
