package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
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
  private static final int CLOSE_SECONDS = 10;

  /** One question to the running process. */
  private interface Request<T> {
    T ask(PythonProcess python) throws StageException, ProcessLostException;
  }

  private final ScheduledThreadPoolExecutor worker = singleThread("stage");
  private final ScheduledThreadPoolExecutor watchdog = singleThread("stage-watchdog");
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // only the worker touches it
  private final Remembered remembered = new Remembered();
  private final Edits edits;
  private final Extension extension;
  private final Supervisor supervisor;

  private StageProcess(StageOptions options, StageListener listener, InstantSource clock) {
    this.edits = new Edits(listener, remembered);
    this.extension = new Extension(options, listener, edits, worker, this::tick);
    this.supervisor =
        new Supervisor(
            options, listener, remembered, extension, this::serveWaiting, clock, worker, watchdog);
  }

  /** Starts the process in the background; requests wait until it is ready. */
  public static StageProcess start(
      StageOptions options, StageListener listener, InstantSource clock) {
    var stage = new StageProcess(options, listener, clock);
    stage.worker.execute(stage.supervisor::start);
    return stage;
  }

  /**
   * Opens a stage in place of the one that is open, which stays if this fails.
   *
   * @param url relative to the assets folder; empty for a new, empty stage
   * @param progress told how far that has come, 0 to 1; called often and on the process's thread
   */
  public CompletionStage<OpenedStage> open(String url, DoubleConsumer progress) {
    return submit(
        python -> {
          var wanted = new Session(url, null);
          var opened = wanted.openIn(python, progress);
          remembered.remember(wanted);
          return opened;
        });
  }

  /**
   * Composes the open stage anew from its files as they are now; the session's edits stay. If a
   * file cannot be read any more, all of it stays as it was.
   *
   * @return empty if no file has changed
   */
  public CompletionStage<Optional<OpenedStage>> refresh() {
    return submit(
        python -> {
          requireSession();
          return edits.edited(python, python.ask(Json.object().put("op", "refresh")));
        });
  }

  /**
   * Replaces the session's edits; the stage's files are never changed.
   *
   * @param edits the text of a USD layer
   */
  public CompletionStage<OpenedStage> edit(String edits) {
    return submit(
        python -> {
          var wanted = new Session(requireSession().url(), edits);
          var edited = wanted.editIn(python);
          remembered.remember(wanted);
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
        python -> {
          var request = Json.object().put("op", "children").put("path", path);
          filters.forEach(request.putArray("filters")::add);
          var reply = python.ask(request);
          var children = new ArrayList<StageChild>();
          for (var child : reply.path("children")) {
            var name = child.path("name").asText();
            children.add(new StageChild(name, child.path("path").asText(), child.has("children")));
          }
          return new StageChildren(children, reply.path("omitted").asInt());
        });
  }

  /** The properties of a prim of the open stage. */
  public CompletionStage<StageProperties> properties(String path) {
    return submit(
        python -> {
          var reply = python.ask(about("properties", path));
          var properties = new ArrayList<StageProperty>();
          reply.path("properties").forEach(json -> properties.add(StageProperty.of(json)));
          var type = reply.path("type").asText();
          return new StageProperties(type, properties, reply.path("omitted").asInt());
        });
  }

  /** The variant sets of a prim of the open stage. */
  public CompletionStage<List<StageVariantSet>> variants(String path) {
    return submit(
        python -> {
          var sets = new ArrayList<StageVariantSet>();
          for (var json : python.ask(about("variants", path)).path("variant_sets")) {
            var variants = new ArrayList<String>();
            json.path("variants").forEach(variant -> variants.add(variant.asText()));
            var name = json.path("name").asText();
            var selection = json.path("selection").asText();
            int omitted = json.path("omitted").asInt();
            sets.add(new StageVariantSet(name, variants, selection, omitted));
          }
          return sets;
        });
  }

  /**
   * Sets an attribute in the session's edits, and tells the listener.
   *
   * @return true; fails, and changes nothing, if there is no such attribute or the value does not
   *     suit it
   */
  public CompletionStage<Boolean> setProperty(String path, String name, JsonNode value) {
    var request = about("set_property", path).put("name", name);
    request.set("value", value);
    return submit(python -> edits.take(python, python.ask(request)));
  }

  /**
   * Chooses a variant in the session's edits, and tells the listener.
   *
   * @return as {@link #setProperty}
   */
  public CompletionStage<Boolean> setVariant(String path, String variantSet, String variant) {
    var request = about("set_variant", path).put("variant_set", variantSet).put("variant", variant);
    return submit(python -> edits.take(python, python.ask(request)));
  }

  private static ObjectNode about(String operation, String path) {
    return Json.object().put("op", operation).put("path", path);
  }

  /**
   * Has the extension answer a message, and tells the listener what it edits.
   *
   * @param said takes the text of each message that the handler sends, on the process's thread; not
   *     checked
   * @return whether the stage was edited; fails if there is no handler of the message, or it fails
   *     or takes too long. Cancelled before its turn the handler is not called
   */
  public CompletableFuture<Boolean> handle(
      String eventType, ObjectNode payload, Consumer<String> said) {
    return submit(python -> extension.handle(python, eventType, payload, said));
  }

  /**
   * Tells the extension that a viewer's session starts: before that it answers no messages.
   *
   * @return as {@link #handle}
   */
  public CompletionStage<Boolean> startSession() {
    return enqueue(extension::startSession, () -> {});
  }

  /**
   * Tells the extension that the viewer's session ends; what it sends then nobody hears.
   *
   * @return as {@link #handle}
   */
  public CompletionStage<Boolean> endSession() {
    return enqueue(extension::endSession, () -> {});
  }

  /** Loads the extension's code anew, into another process, with the stage as its files are. */
  public void reload() {
    try {
      worker.execute(() -> supervisor.renew("The extension has changed and is loaded anew."));
    } catch (RejectedExecutionException closed) {
      LOG.debug("The extension changed as the stage process was ended");
    }
  }

  private Session requireSession() throws StageException {
    var open = remembered.session();
    if (open == null) {
      throw new StageException("No stage is open.");
    }
    return open;
  }

  private void tick(int number) {
    var unused = submit(python -> extension.tick(python, number));
  }

  /** The process's id while one runs: for a log or a measurement. */
  public OptionalLong pid() {
    var python = supervisor.python();
    return python == null ? OptionalLong.empty() : OptionalLong.of(python.pid());
  }

  /** Ends the process; requests that wait fail. */
  @Override
  public void close() {
    if (worker.isShutdown()) {
      return;
    }
    supervisor.kill(); // a request that it works on fails now
    worker.execute(this::end);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The stage's thread did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      watchdog.shutdownNow();
    }
  }

  private void end() {
    supervisor.end();
    serveWaiting();
  }

  private <T> CompletableFuture<T> submit(Request<T> request) {
    return room.tryAcquire()
        ? enqueue(request, room::release)
        : failed("The stage process has too many requests waiting.");
  }

  /**
   * @param begun run when it is the request's turn
   */
  private <T> CompletableFuture<T> enqueue(Request<T> request, Runnable begun) {
    var result = new CompletableFuture<T>();
    try {
      worker.execute(() -> perform(request, result, begun));
    } catch (RejectedExecutionException closed) {
      begun.run();
      return failed("The stage process was ended.");
    }
    return result;
  }

  private <T> void perform(Request<T> request, CompletableFuture<T> result, Runnable begun) {
    if (supervisor.state() instanceof StageState.Restarting && !supervisor.killed()) {
      waiting.add(() -> perform(request, result, begun));
      return;
    }
    begun.run();
    if (result.isCancelled()) {
      return;
    }
    var python = supervisor.python();
    if (python == null || supervisor.killed()) {
      result.completeExceptionally(new StageException(unavailable()));
      return;
    }
    try {
      result.complete(request.ask(python));
    } catch (StageException refused) {
      result.completeExceptionally(refused);
    } catch (ProcessLostException lost) {
      var sentence = String.valueOf(lost.getMessage());
      result.completeExceptionally(new StageException(sentence));
      supervisor.replace(python, sentence);
    } catch (RuntimeException defect) {
      result.completeExceptionally(defect);
    }
  }

  private void serveWaiting() {
    for (int i = waiting.size(); i > 0; i--) {
      waiting.remove().run();
    }
  }

  private String unavailable() {
    return supervisor.state() instanceof StageState.Failed(var why)
        ? why
        : "The stage process was ended.";
  }

  private static <T> CompletableFuture<T> failed(String sentence) {
    return CompletableFuture.failedFuture(new StageException(sentence));
  }

  private static ScheduledThreadPoolExecutor singleThread(String name) {
    var thread = Thread.ofPlatform().daemon().name(name).factory();
    var executor = new ScheduledThreadPoolExecutor(1, thread);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
