package dev.vitrine.runtime.stream.webrtc;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches a peer's native objects and calls its listener, so that neither needs
 * locks. Tasks that come after its end are dropped.
 */
final class PeerThread implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(PeerThread.class);
  private static final long CLOSE_LIMIT_SECONDS = 10;

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  PeerThread() {
    var threads = Thread.ofPlatform().name("network").daemon().factory();
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            body -> {
              thread = threads.newThread(body);
              return thread;
            });
  }

  @Override
  public void execute(Runnable task) {
    tryExecute(task);
  }

  /** Runs a task soon; false where it never will, because the end has come. */
  boolean tryExecute(Runnable task) {
    try {
      executor.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Runs a task again and again until the end; its failures are logged. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void everySecond(Runnable task) {
    executor.scheduleAtFixedRate(() -> run(task), 1, 1, TimeUnit.SECONDS);
  }

  /** Runs a last task and ends; returns when it has run. */
  void closeAfter(Runnable last) {
    if (Thread.currentThread() == thread) {
      run(last);
      executor.shutdown();
      return;
    }
    execute(last);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A peer did not close within {} s.", CLOSE_LIMIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // webrtc-java throws errors where an object cannot be freed; the other tasks must still run.
      LOG.error("A task of a peer failed.", e);
    }
  }
}
