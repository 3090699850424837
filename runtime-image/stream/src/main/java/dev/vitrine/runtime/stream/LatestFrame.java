package dev.vitrine.runtime.stream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands frames from one thread to another and holds at most one: an old picture is worth less than
 * a late one, so a frame that nobody took in time is closed.
 */
public final class LatestFrame implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private @Nullable VideoFrame held;
  private boolean closed;
  private long droppedCount;

  /** Gives a frame away. */
  public void offer(VideoFrame frame) {
    VideoFrame unwanted;
    lock.lock();
    try {
      unwanted = closed ? frame : held;
      if (!closed) {
        held = frame;
        arrived.signal();
      }
      if (unwanted != null) {
        droppedCount++;
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      unwanted.close();
    }
  }

  /** The newest frame, now the caller's, or null when none came in time or ever will. */
  public @Nullable VideoFrame take(long timeoutMillis) throws InterruptedException {
    lock.lock();
    try {
      var nanosLeft = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (held == null && !closed && nanosLeft > 0) {
        nanosLeft = arrived.awaitNanos(nanosLeft);
      }
      var frame = held;
      held = null;
      return frame;
    } finally {
      lock.unlock();
    }
  }

  /** Frames that came and that nobody took. */
  public long droppedCount() {
    lock.lock();
    try {
      return droppedCount;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the frame held, and every one that comes later; wakes whoever waits. */
  @Override
  public void close() {
    VideoFrame left;
    lock.lock();
    try {
      closed = true;
      left = held;
      held = null;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    if (left != null) {
      left.close();
    }
  }
}
