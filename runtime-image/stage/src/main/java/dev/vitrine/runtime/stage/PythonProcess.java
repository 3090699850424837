package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the Python process: started, asked one request at a time, ended. It ends by itself
 * when its standard input closes, so it never outlives this JVM.
 */
final class PythonProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PythonProcess.class);
  private static final String SOCKET = "socket";
  private static final int SEGMENT_MEBIBYTES = 4096;
  private static final int LONGEST_ANNOUNCEMENT = 4096;
  private static final int MOST_MESSAGES = 256; // for one request, as the process keeps it itself

  private final Process process;
  private final Path folder;
  private final StageOptions options;
  private final ScheduledExecutorService watchdog;
  private volatile @Nullable SocketChannel socket; // the watchdog closes it
  private @Nullable LineReader replies;
  private long requests;

  private PythonProcess(
      Process process, Path folder, StageOptions options, ScheduledExecutorService watchdog) {
    this.process = process;
    this.folder = folder;
    this.options = options;
    this.watchdog = watchdog;
  }

  /**
   * Starts the process in a folder of its own, and returns at once.
   *
   * @throws StageException if there is no such interpreter or no such folder
   */
  static PythonProcess launch(StageOptions options, ScheduledExecutorService watchdog)
      throws StageException {
    try {
      var folder = Files.createTempDirectory(options.runParent(), "vitrine-stage-");
      try {
        return new PythonProcess(command(options, folder).start(), folder, options, watchdog);
      } catch (IOException notStarted) {
        Files.delete(folder);
        throw notStarted;
      }
    } catch (IOException notStarted) {
      throw new StageException(
          "The stage process could not be started: " + notStarted.getMessage() + ".");
    }
  }

  private static ProcessBuilder command(StageOptions options, Path folder) {
    var command =
        new ArrayList<>(
            List.of(
                options.python().toString(),
                "-s",
                "-P", // or whatever lies in the current folder would be imported first
                "-m",
                "vitrine_stage",
                "--socket=" + folder.resolve(SOCKET),
                "--run-folder=" + folder,
                "--assets=" + options.assets(),
                "--memory-mib=" + options.memoryMebibytes(),
                "--segment-mib=" + SEGMENT_MEBIBYTES));
    options
        .extension()
        .ifPresent(extension -> command.add("--extension=" + extension.folder().toAbsolutePath()));
    if (!options.confined()) {
      command.add("--no-confine");
    }
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("PYTHONPATH", options.packageFolder().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder;
  }

  /**
   * Waits until the process answers.
   *
   * @throws StageException if it says itself why it cannot run; another attempt would fail as well
   * @throws ProcessLostException if it ended or took too long
   */
  void connect() throws StageException, ProcessLostException {
    var late =
        "The stage process took longer than %s to start.".formatted(seconds(options.startLimit()));
    try (var deadline = new Deadline(options.startLimit(), late)) {
      try {
        var announcement =
            new LineReader(process.getInputStream(), LONGEST_ANNOUNCEMENT).readLine();
        if (announcement == null) {
          throw deadline.lost("The stage process ended while it started.", null);
        }
        var failure = Json.read(announcement).path("failed");
        if (failure.isTextual()) {
          throw new StageException(failure.asText());
        }
        var connected = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket = connected;
        connected.connect(UnixDomainSocketAddress.of(folder.resolve(SOCKET)));
        replies = LineReader.of(connected);
      } catch (IOException broken) {
        throw deadline.lost("The stage process could not be reached.", broken);
      }
    }
  }

  /**
   * Sends a request and waits for its result.
   *
   * @throws StageException if the process refuses the request, saying why
   * @throws ProcessLostException if it ended, broke the protocol, or was killed for taking too long
   */
  JsonNode ask(ObjectNode request) throws StageException, ProcessLostException {
    return ask(request, fraction -> {});
  }

  /**
   * As {@link #ask(ObjectNode)}.
   *
   * @param progress told how far the opening of a stage has come
   */
  JsonNode ask(ObjectNode request, DoubleConsumer progress)
      throws StageException, ProcessLostException {
    return ask(request, "The stage process", options.requestLimit(), text -> {}, progress);
  }

  /**
   * As {@link #ask(ObjectNode)}.
   *
   * @param who is blamed if it takes longer than the limit
   * @param messages takes what the extension says to the page; nobody has read it yet
   */
  JsonNode ask(ObjectNode request, String who, Duration limit, Consumer<String> messages)
      throws StageException, ProcessLostException {
    return ask(request, who, limit, messages, fraction -> {});
  }

  private JsonNode ask(
      ObjectNode request,
      String who,
      Duration limit,
      Consumer<String> messages,
      DoubleConsumer progress)
      throws StageException, ProcessLostException {
    long id = ++requests;
    request.put("id", id);
    var late = who + " took longer than " + seconds(limit) + " to answer and was ended.";
    try (var deadline = new Deadline(limit, late)) {
      try {
        send(request);
        return result(id, deadline, messages, progress);
      } catch (IOException broken) {
        throw deadline.lost("The stage process ended while it worked on the request.", broken);
      }
    }
  }

  private void send(ObjectNode request) throws IOException {
    var connected = socket;
    if (connected == null) {
      throw new IOException("not connected");
    }
    var bytes = StandardCharsets.UTF_8.encode(request + "\n");
    while (bytes.hasRemaining()) {
      connected.write(bytes);
    }
  }

  private JsonNode result(
      long id, Deadline deadline, Consumer<String> messages, DoubleConsumer progress)
      throws IOException, StageException, ProcessLostException {
    var message = "{\"id\":%d,\"message\":".formatted(id);
    int said = 0;
    while (replies != null) {
      var line = replies.readLine();
      if (line == null) {
        break;
      }
      if (line.startsWith(message) && line.endsWith("}")) {
        if (++said > MOST_MESSAGES) {
          throw new ProcessLostException(
              "The extension sent more than %d messages in one call.".formatted(MOST_MESSAGES));
        }
        messages.accept(line.substring(message.length(), line.length() - 1));
        continue;
      }
      var reply = Json.read(line);
      if (reply.path("id").asLong() != id) {
        throw new ProcessLostException("The stage process answered another request.");
      }
      if (reply.has("progress")) {
        progress.accept(LoadingProgress.fraction(reply.path("progress")));
        continue;
      }
      if (reply.path("ok").asBoolean()) {
        return reply.path("result");
      }
      throw new StageException(reply.path("error").asText("The stage process gave no reason."));
    }
    throw deadline.lost("The stage process ended while it worked on the request.", null);
  }

  /** Where it writes its segment files. */
  Path folder() {
    return folder;
  }

  long pid() {
    return process.pid();
  }

  /** Runs an action once the process has ended, whatever the reason. */
  void onExit(Runnable action) {
    var unused = process.onExit().thenRun(action);
  }

  /** Ends the process at once, as it has nothing to save, and removes its folder. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      hangUp();
      process.getOutputStream().close();
      removeFolder();
    } catch (IOException undone) {
      LOG.warn("Not all of stage process {} could be removed: {}", pid(), undone.getMessage());
    }
  }

  private void hangUp() throws IOException {
    var connected = socket;
    if (connected != null) {
      connected.close();
    }
  }

  private void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException alreadyRemoved) {
      return;
    }
    Files.deleteIfExists(folder);
  }

  /** Kills the process when a limit has passed; closed in time it does nothing. */
  private final class Deadline implements AutoCloseable {

    private final AtomicBoolean passed = new AtomicBoolean();
    private final ScheduledFuture<?> alarm;
    private final String lateSentence;

    Deadline(Duration limit, String lateSentence) {
      this.lateSentence = lateSentence;
      this.alarm = watchdog.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pass() {
      passed.set(true);
      process.destroyForcibly();
      try {
        hangUp(); // a child of the process would keep the other end open
      } catch (IOException stillOpen) {
        LOG.warn("The stage process {} is still connected: {}", pid(), stillOpen.getMessage());
      }
    }

    /** The loss, blamed on this deadline if it killed the process. */
    ProcessLostException lost(String sentence, @Nullable Throwable cause) {
      var reason = passed.get() ? lateSentence : sentence;
      return cause == null
          ? new ProcessLostException(reason)
          : new ProcessLostException(reason, cause);
    }

    @Override
    public void close() {
      alarm.cancel(false);
    }
  }

  private static String seconds(Duration limit) {
    return "%s s".formatted(limit.toMillis() / 1000.0).replace(".0 s", " s");
  }
}
