package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage process as the runtime sees it: asks it one thing at a time, ends it when it takes too
 * long, replaces it when it is lost, and then opens the stage with the session's edits again.
 *
 * <p>Every request ends: with its result, or with a {@link StageException} whose message is a
 * sentence for the viewer. All work happens on one thread of its own.
 */
public final class StageProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);
  private static final int MOST_WAITING = 64;

  /** What a new process is asked to open. */
  private record Session(String url, @Nullable String edits) {

    ObjectNode request() {
      var request = Json.object().put("op", "open").put("url", url);
      return edits == null ? request : request.put("edits", edits);
    }
  }

  /** One question to the running process. */
  private interface Request<T> {
    T ask(PythonProcess python) throws StageException, ProcessLostException;
  }

  private final StageOptions options;
  private final StageListener listener;
  private final RestartBackoff backoff;
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final ScheduledThreadPoolExecutor worker = singleThread("stage");
  private final ScheduledThreadPoolExecutor watchdog = singleThread("stage-watchdog");
  private volatile @Nullable PythonProcess python;
  private volatile boolean closed;

  // Only the worker thread touches these.
  private @Nullable Session session;
  private @Nullable Future<?> nextStart;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private StageState state = new StageState.Starting();

  private StageProcess(StageOptions options, StageListener listener, InstantSource clock) {
    this.options = options;
    this.listener = listener;
    this.backoff = new RestartBackoff(options.restarts(), clock);
  }

  /** Starts the process in the background; requests wait until it is ready. */
  public static StageProcess start(
      StageOptions options, StageListener listener, InstantSource clock) {
    var stage = new StageProcess(options, listener, clock);
    stage.worker.execute(
        () -> {
          stage.change(new StageState.Starting());
          stage.startPython();
        });
    return stage;
  }

  /**
   * Opens a stage in place of the one that is open, which stays if this fails.
   *
   * @param url relative to the assets folder; empty for a new, empty stage
   */
  public CompletionStage<OpenedStage> open(String url) {
    return submit(running -> open(running, new Session(url, null)));
  }

  /**
   * Replaces the session's edits; the stage's files are never changed.
   *
   * @param edits the text of a USD layer
   */
  public CompletionStage<OpenedStage> edit(String edits) {
    return submit(
        running -> {
          var opened = session;
          if (opened == null) {
            throw new StageException("No stage is open.");
          }
          var reply = running.ask(Json.object().put("op", "edit").put("edits", edits));
          var edited = SegmentFile.open(opened.url(), reply, running.folder());
          session = new Session(opened.url(), edits);
          return edited;
        });
  }

  /**
   * The children of a prim of the open stage.
   *
   * @param path the prim's absolute path, {@code /} for the stage's root
   * @param filters any of {@code USDGeom}, {@code mesh}, {@code xform}, {@code scope}; a child that
   *     passes one is listed, and without filters all are
   */
  public CompletionStage<StageChildren> children(String path, List<String> filters) {
    return submit(
        running -> {
          var request = Json.object().put("op", "children").put("path", path);
          filters.forEach(request.putArray("filters")::add);
          var reply = running.ask(request);
          var children = new ArrayList<StageChild>();
          for (var child : reply.path("children")) {
            children.add(
                new StageChild(
                    child.path("name").asText(),
                    child.path("path").asText(),
                    child.has("children")));
          }
          return new StageChildren(children, reply.path("omitted").asInt());
        });
  }

  /** The process's id while one runs: for a log or a measurement. */
  public OptionalLong pid() {
    var running = python;
    return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
  }

  /** Ends the process; requests that wait fail. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    var running = python;
    if (running != null) {
      running.close(); // a request that it works on fails now
    }
    worker.execute(this::end);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The stage's thread did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      watchdog.shutdownNow();
    }
  }

  private <T> CompletionStage<T> submit(Request<T> request) {
    if (!room.tryAcquire()) {
      return failed("The stage process has too many requests waiting.");
    }
    var result = new CompletableFuture<T>();
    try {
      worker.execute(() -> perform(request, result));
    } catch (RejectedExecutionException closed) {
      room.release();
      return failed("The stage process was ended.");
    }
    return result;
  }

  private <T> void perform(Request<T> request, CompletableFuture<T> result) {
    if (state instanceof StageState.Restarting && !closed) {
      waiting.add(() -> perform(request, result));
      return;
    }
    room.release();
    var running = python;
    if (running == null || closed) {
      result.completeExceptionally(new StageException(unavailable()));
      return;
    }
    try {
      result.complete(request.ask(running));
    } catch (StageException refused) {
      result.completeExceptionally(refused);
    } catch (ProcessLostException lost) {
      result.completeExceptionally(new StageException(sentence(lost)));
      replace(running, sentence(lost));
    } catch (RuntimeException defect) {
      result.completeExceptionally(defect);
    }
  }

  private OpenedStage open(PythonProcess running, Session wanted)
      throws StageException, ProcessLostException {
    var opened = SegmentFile.open(wanted.url(), running.ask(wanted.request()), running.folder());
    session = wanted;
    return opened;
  }

  private void startPython() {
    try {
      var started = PythonProcess.launch(options, watchdog);
      python = started;
      if (closed) {
        return; // too late: end() closes it
      }
      started.connect();
      started.onExit(() -> onWorker(() -> replace(started, "The stage process ended.")));
      backoff.ready();
      LOG.info("The stage process {} is ready", started.pid());
      if (reopen(started)) {
        change(new StageState.Ready());
      }
    } catch (StageException refused) {
      forget();
      change(new StageState.Failed(sentence(refused)));
    } catch (ProcessLostException lost) {
      forget();
      startLater(sentence(lost));
    }
  }

  /** Opens what was open before; false if that lost the new process as well. */
  private boolean reopen(PythonProcess started) {
    var before = session;
    if (before == null) {
      return true;
    }
    session = null; // a stage that takes the process down must not be opened for ever
    try {
      listener.stageReopened(open(started, before));
      return true;
    } catch (StageException refused) {
      listener.stageLost(before.url(), sentence(refused));
      return true;
    } catch (ProcessLostException lost) {
      listener.stageLost(before.url(), sentence(lost));
      replace(started, sentence(lost));
      return false;
    }
  }

  private void replace(PythonProcess lost, String reason) {
    if (python != lost || closed) {
      return; // it was replaced already, or nobody needs it
    }
    LOG.warn("The stage process {} was lost: {}", lost.pid(), reason);
    forget();
    startLater(reason);
  }

  private void startLater(String reason) {
    var delay = backoff.nextDelay();
    if (delay.isEmpty()) {
      change(new StageState.Failed("The stage process was lost too often. " + reason));
      return;
    }
    change(new StageState.Restarting(reason));
    if (delay.get().isZero()) {
      startPython(); // now: requests that wait already find it running
    } else {
      long millis = delay.get().toMillis();
      nextStart = worker.schedule(this::startPython, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void forget() {
    var running = python;
    python = null;
    if (running != null) {
      running.close();
    }
  }

  private void change(StageState next) {
    state = next;
    listener.stateChanged(next);
    if (!(next instanceof StageState.Restarting)) {
      serveWaiting();
    }
  }

  private void serveWaiting() {
    for (int i = waiting.size(); i > 0; i--) {
      waiting.remove().run();
    }
  }

  private String unavailable() {
    return state instanceof StageState.Failed(var why) ? why : "The stage process was ended.";
  }

  private void end() {
    if (nextStart != null) {
      nextStart.cancel(false);
    }
    forget();
    serveWaiting();
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

  private static <T> CompletionStage<T> failed(String sentence) {
    return CompletableFuture.failedStage(new StageException(sentence));
  }

  private static ScheduledThreadPoolExecutor singleThread(String name) {
    var thread = Thread.ofPlatform().daemon().name(name).factory();
    var executor = new ScheduledThreadPoolExecutor(1, thread);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
