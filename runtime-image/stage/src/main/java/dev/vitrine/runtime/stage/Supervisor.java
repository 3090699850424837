package dev.vitrine.runtime.stage;

import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Python process running: replaces one that was lost and opens there what was open. All
 * methods but {@link #kill} and {@link #python} belong to the worker thread.
 */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final StageOptions options;
  private final StageListener listener;
  private final Remembered remembered;
  private final Extension extension;
  private final Runnable settled;
  private final RestartBackoff backoff;
  private final ScheduledExecutorService worker;
  private final ScheduledExecutorService watchdog;
  private volatile @Nullable PythonProcess python;
  private volatile boolean killed;
  private @Nullable Future<?> nextStart;
  private StageState state = new StageState.Starting();

  /**
   * @param settled run whenever the process is ready or given up
   * @param watchdog ends a process that is late; never busy
   */
  Supervisor(
      StageOptions options,
      StageListener listener,
      Remembered remembered,
      Extension extension,
      Runnable settled,
      InstantSource clock,
      ScheduledExecutorService worker,
      ScheduledExecutorService watchdog) {
    this.options = options;
    this.listener = listener;
    this.remembered = remembered;
    this.extension = extension;
    this.settled = settled;
    this.backoff = new RestartBackoff(options.restarts(), clock);
    this.worker = worker;
    this.watchdog = watchdog;
  }

  /** Starts the first process. */
  void start() {
    listener.stateChanged(state);
    startPython();
  }

  /** The process, unless none runs. */
  @Nullable PythonProcess python() {
    return python;
  }

  StageState state() {
    return state;
  }

  /** Replaces a process that cannot be used any more. */
  void replace(PythonProcess lost, String reason) {
    if (python != lost || killed) {
      return; // it was replaced already, or nobody needs it
    }
    LOG.warn("The stage process {} was lost: {}", lost.pid(), reason);
    forget();
    startLater(reason);
  }

  /** Replaces a process that is well by one without the session's edits. */
  void renew(String reason) {
    if (killed) {
      return;
    }
    if (nextStart != null) {
      nextStart.cancel(false);
    }
    forget();
    var before = remembered.session();
    if (before != null) {
      remembered.remember(new Session(before.url(), null));
    }
    extension.changed();
    change(new StageState.Restarting(reason));
    startPython();
  }

  /** Ends the process for good, whatever it is doing; by any thread. */
  void kill() {
    killed = true;
    var running = python;
    if (running != null) {
      running.close();
    }
  }

  boolean killed() {
    return killed;
  }

  /** Clears up after {@link #kill}. */
  void end() {
    if (nextStart != null) {
      nextStart.cancel(false);
    }
    forget();
  }

  private void startPython() {
    try {
      var started = PythonProcess.launch(options, watchdog);
      python = started;
      if (killed) {
        return; // too late: end() closes it
      }
      started.connect();
      started.onExit(() -> onWorker(() -> replace(started, "The stage process ended.")));
      backoff.ready();
      LOG.info("The stage process {} is ready", started.pid());
      extension.load(started);
      reopen(started);
      extension.resume(started);
      change(new StageState.Ready());
    } catch (StageException refused) {
      forget();
      change(new StageState.Failed(sentence(refused)));
    } catch (ProcessLostException lost) {
      forget();
      startLater(sentence(lost));
    }
  }

  private void reopen(PythonProcess started) throws ProcessLostException {
    var before = remembered.session();
    if (before == null) {
      return;
    }
    remembered.forget(); // a stage that takes the process down must not be opened for ever
    try {
      listener.stageReopened(before.openIn(started, _ -> {}));
      remembered.remember(before);
    } catch (StageException refused) {
      listener.stageLost(before.url(), sentence(refused));
    } catch (ProcessLostException lost) {
      listener.stageLost(before.url(), sentence(lost));
      throw lost;
    }
  }

  private void startLater(String reason) {
    var delay = backoff.nextDelay();
    if (delay.isEmpty()) {
      change(new StageState.Failed("The stage process was lost too often. " + reason));
      return;
    }
    change(new StageState.Restarting(reason));
    long millis = delay.get().toMillis();
    nextStart = worker.schedule(this::startPython, millis, TimeUnit.MILLISECONDS);
  }

  private void change(StageState next) {
    state = next;
    listener.stateChanged(next);
    if (!(next instanceof StageState.Restarting)) {
      settled.run();
    }
  }

  private void forget() {
    extension.processGone();
    var running = python;
    python = null;
    if (running != null) {
      running.close();
    }
  }

  private void onWorker(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException closed) {
      LOG.debug("The stage process ended as it was closed");
    }
  }

  private static String sentence(Exception failure) {
    return String.valueOf(failure.getMessage());
  }
}
