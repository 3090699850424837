package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app author's Python package in the stage process: loaded into each new one, told when a
 * viewer's session starts and ends, called with messages and by time. All methods belong to the
 * worker thread.
 */
final class Extension {

  private static final Logger LOG = LoggerFactory.getLogger(Extension.class);
  private static final int MOST_TIMERS = 64;
  private static final double SHORTEST_SECONDS = 0.02;
  private static final double LONGEST_SECONDS = 86_400;

  private final StageOptions options;
  private final StageListener listener;
  private final Edits edits;
  private final ScheduledExecutorService worker;
  private final IntConsumer ticker;
  private final List<Future<?>> timers = new ArrayList<>();
  private boolean harmful; // loading it has taken the process down
  private boolean startHarmful; // so has the session's start
  private @Nullable String broken; // why it could not be loaded
  private boolean inSession;

  /**
   * @param ticker has {@link #tick} called with the number of a periodic handler
   */
  Extension(
      StageOptions options,
      StageListener listener,
      Edits edits,
      ScheduledExecutorService worker,
      IntConsumer ticker) {
    this.options = options;
    this.listener = listener;
    this.edits = edits;
    this.worker = worker;
    this.ticker = ticker;
  }

  /** Loads it into a new process. One that cannot be loaded is told, and does without. */
  void load(PythonProcess python) throws ProcessLostException {
    edits.begin();
    if (options.extension().isEmpty() || harmful) {
      return;
    }
    try {
      python.ask(request("load"), "Loading the extension", limit(), Extension::unheard);
      broken = null;
    } catch (StageException refused) {
      broken = failed(refused);
    } catch (ProcessLostException lost) {
      broken = failed(lost);
      harmful = true; // it must not be loaded for ever
      throw lost;
    }
  }

  /** In a new process, too, the viewer's session has to be started. */
  void resume(PythonProcess python) throws ProcessLostException {
    if (!inSession || startHarmful || broken != null) {
      return;
    }
    try {
      startSession(python);
    } catch (StageException refused) {
      failed(refused);
    } catch (ProcessLostException lost) {
      failed(lost);
      throw lost;
    }
  }

  /** Its code has changed: what went wrong before need not go wrong again. */
  void changed() {
    harmful = false;
    startHarmful = false;
  }

  /** The process is gone, and with it all periodic calls. */
  void processGone() {
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
  }

  boolean startSession(PythonProcess python) throws StageException, ProcessLostException {
    processGone();
    inSession = true;
    startHarmful = false;
    refuseBroken();
    try {
      var who = "A handler of the session's start";
      var reply = python.ask(request("start"), who, limit(), listener::messageSent);
      schedule(reply.path("timers"));
      return settle(python, reply);
    } catch (ProcessLostException lost) {
      startHarmful = true; // it must not be tried for ever
      throw lost;
    }
  }

  boolean endSession(PythonProcess python) throws StageException, ProcessLostException {
    processGone();
    inSession = false;
    var who = "A handler of the session's end";
    return settle(python, python.ask(request("end"), who, limit(), Extension::unheard));
  }

  /** Outside of a session no handler runs: what its start prepares is not there. */
  boolean handle(PythonProcess python, String eventType, ObjectNode payload, Consumer<String> said)
      throws StageException, ProcessLostException {
    refuseBroken();
    if (!inSession) {
      throw new StageException(
          "The session has not started: messages are answered once the page is connected.");
    }
    var request = request("message").put("event_type", eventType);
    request.set("payload", payload);
    return settle(python, python.ask(request, "The handler of " + eventType, limit(), said));
  }

  /** Has a periodic handler called; one that fails has its last call. */
  boolean tick(PythonProcess python, int number) throws ProcessLostException {
    if (number >= timers.size()) {
      return false; // the session has ended meanwhile
    }
    try {
      var request = request("tick").put("timer", number);
      var reply = python.ask(request, "A periodic handler", limit(), listener::messageSent);
      return settle(python, reply);
    } catch (StageException refused) {
      timers.get(number).cancel(false);
      failed(refused);
      return false;
    } catch (ProcessLostException lost) {
      failed(lost);
      throw lost;
    }
  }

  private void schedule(JsonNode wanted) throws ProcessLostException {
    if (wanted.size() > MOST_TIMERS) {
      throw new ProcessLostException("The stage process named too many periodic handlers.");
    }
    for (var each : wanted) {
      double seconds = each.asDouble();
      if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
        throw new ProcessLostException(
            "The stage process named a periodic handler without a time.");
      }
      int number = timers.size();
      long nanos = Math.round(1e9 * seconds);
      timers.add(
          worker.scheduleWithFixedDelay(
              () -> ticker.accept(number), nanos, nanos, TimeUnit.NANOSECONDS));
    }
  }

  /** Shows what a handler has edited, even one that failed; true if it edited anything. */
  private boolean settle(PythonProcess python, JsonNode reply)
      throws StageException, ProcessLostException {
    boolean edited = edits.take(python, reply);
    if (reply.path("failure").isTextual()) {
      throw new StageException(reply.path("failure").asText());
    }
    return edited;
  }

  private void refuseBroken() throws StageException {
    if (broken != null) {
      throw new StageException(broken);
    }
  }

  private String failed(Exception failure) {
    var sentence = String.valueOf(failure.getMessage());
    listener.extensionFailed(sentence);
    return sentence;
  }

  /** Without an extension, too, messages are answered: that there is nobody for them. */
  private Duration limit() {
    return options.extension().map(ExtensionOptions::handlerLimit).orElse(options.requestLimit());
  }

  /** Nobody is there, or somebody else. */
  private static void unheard(String message) {
    LOG.debug("Nobody hears what the extension says while no session lasts");
  }

  private static ObjectNode request(String operation) {
    return Json.object().put("op", operation);
  }
}
