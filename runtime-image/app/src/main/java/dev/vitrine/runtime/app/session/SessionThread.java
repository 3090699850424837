package dev.vitrine.runtime.app.session;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which everything happens that changes a session: sockets, transports, timers
 * and the stage hand their events to it. What comes after its end concerns nobody.
 */
public final class SessionThread extends ScheduledThreadPoolExecutor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SessionThread.class);
  private static final int CLOSE_LIMIT_SECONDS = 5;

  public SessionThread() {
    super(
        1,
        Thread.ofPlatform().daemon().name("session").factory(),
        (event, thread) -> LOG.debug("an event came after the end of the session"));
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Finishes what was handed in, and then ends. */
  @Override
  public void close() {
    shutdown();
    try {
      if (!awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the session's thread did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable failure) {
    super.afterExecute(task, failure);
    if (task instanceof Future<?> done && done.isDone()) {
      try {
        done.get();
      } catch (CancellationException e) {
        LOG.trace("a timer was stopped");
      } catch (ExecutionException e) {
        LOG.error("an event could not be handled", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
