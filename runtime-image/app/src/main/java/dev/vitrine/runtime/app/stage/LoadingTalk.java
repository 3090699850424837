package dev.vitrine.runtime.app.stage;

import dev.vitrine.protocol.ViewerReply;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Tells the page how far loading a stage has come: only forward, and ten times a second at most.
 * Safe for use by several threads.
 */
public final class LoadingTalk {

  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LongSupplier nanos;
  private Consumer<ViewerReply> page = reply -> {};
  private long newest;
  private double told = 1;
  private long toldAt;

  /**
   * @param nanos a clock that only goes forward
   */
  LoadingTalk(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Tells one page from now on.
   *
   * @param page called on any thread; returns quickly
   */
  public synchronized void follow(Consumer<ViewerReply> page) {
    this.page = page;
  }

  /**
   * A stage is loaded from now on, in place of any before.
   *
   * @return takes how far this one has come, 0 to 1; without effect once another is loaded
   */
  synchronized DoubleConsumer begin() {
    long begun = ++newest;
    tell(0);
    return fraction -> reached(begun, fraction);
  }

  private synchronized void reached(long begun, double fraction) {
    if (begun == newest && fraction > told && nanos.getAsLong() - toldAt >= APART_NANOS) {
      tell(fraction);
    }
  }

  /** Loading is over, with or without a stage. */
  synchronized void end() {
    if (told < 1) {
      tell(1);
    }
  }

  private void tell(double fraction) {
    told = fraction;
    toldAt = nanos.getAsLong();
    page.accept(new ViewerReply.UpdateProgressAmount(fraction));
  }
}
