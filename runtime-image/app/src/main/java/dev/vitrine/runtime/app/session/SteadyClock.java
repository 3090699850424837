package dev.vitrine.runtime.app.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Begins at the time of day and goes on at the pace of the machine's monotonic clock: a node whose
 * clock is set, back or forward, ends nobody's session and gives nobody more time.
 */
public final class SteadyClock implements InstantSource {

  private final Instant begin;
  private final long beganNanos;
  private final LongSupplier nanos;

  /**
   * A clock that begins now.
   *
   * @param wall tells the time of day once
   * @param nanos such as {@link System#nanoTime}
   */
  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.begin = wall.instant();
    this.beganNanos = nanos.getAsLong();
    this.nanos = nanos;
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - beganNanos);
  }
}
