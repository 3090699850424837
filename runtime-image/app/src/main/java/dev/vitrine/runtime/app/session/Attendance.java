package dev.vitrine.runtime.app.session;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When an extension takes a viewer's session for started and for ended: a page that is reloaded, or
 * comes back after a loss, goes on with it. For the session's thread.
 */
public final class Attendance {

  /** As long as a cluster keeps the viewer's place by default. */
  private static final int RETURN_SECONDS = 20;

  private final ScheduledExecutorService session;
  private final Runnable start;
  private final Runnable end;
  private @Nullable Future<?> leave;
  private boolean begun;

  /**
   * @param start called once for each session
   * @param end called once for each that has started
   */
  public Attendance(ScheduledExecutorService session, Runnable start, Runnable end) {
    this.session = session;
    this.start = start;
    this.end = end;
  }

  /** The page shows a picture, or has something to say to the extension. */
  public void begin() {
    if (!begun) {
      begun = true;
      start.run();
    }
  }

  /** The viewer is connected. */
  public void stay() {
    if (leave != null) {
      leave.cancel(false);
      leave = null;
    }
  }

  /** The viewer is not connected any more, but may be again in a moment. */
  public void leave() {
    stay();
    leave = session.schedule(this::finish, RETURN_SECONDS, TimeUnit.SECONDS);
  }

  /** The viewer will not be back. */
  public void finish() {
    stay();
    if (begun) {
      begun = false;
      end.run();
    }
  }
}
