package dev.vitrine.operator.gateway.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets a reader wait, within a limit, for what the watches are about to deliver. */
public final class Arrivals {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  void announce() {
    lock.lock();
    try {
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks now and after each arrival; empty when the limit has passed, or the thread was told. */
  public <T> Optional<T> await(Duration limit, Supplier<Optional<T>> look) {
    lock.lock();
    try {
      var nanosLeft = limit.toNanos();
      var found = look.get();
      while (found.isEmpty() && nanosLeft > 0) {
        nanosLeft = arrived.awaitNanos(nanosLeft);
        found = look.get();
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
