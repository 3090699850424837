package dev.vitrine.runtime.stage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An extension in the real process: what comes of its handlers, and what of their failures. */
class ExtensionIT {

  private static final Path PYTHON = Path.of(System.getProperty("stage.python"));
  private static final Path PACKAGE = Path.of(System.getProperty("stage.package"));
  private static final Duration HANDLER_LIMIT = Duration.ofSeconds(3);

  /** It is what every test's own handlers are added to. */
  private static final String HANDLERS =
      """
      import os
      import vitrine
      from pxr import UsdGeom

      @vitrine.on("echoRequest")
      def echo(payload):
          vitrine.send("echoResponse", payload)

      @vitrine.on("grow")
      def grow(payload):
          ball = UsdGeom.Sphere.Get(vitrine.stage(), "/Ball")
          ball.GetRadiusAttr().Set(float(payload["radius"]))

      @vitrine.on("loop")
      def loop(payload):
          while True:
              pass

      @vitrine.on("exit")
      def leave(payload):
          os._exit(3)

      """;

  /** A process that is somebody else's by now. */
  private static final String SAY =
      """
      from vitrine._host import host
      say = lambda text: getattr(host(), "_tell")(text)

      @vitrine.on("say")
      def say_all(payload):
      """;

  @TempDir private Path assets;
  @TempDir private Path runParent;
  @TempDir private Path code;
  private final RecordingListener listener = new RecordingListener();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private StageProcess stage;

  @BeforeEach
  void author() throws IOException {
    Files.writeString(assets.resolve("ball.usda"), "#usda 1.0\ndef Sphere \"Ball\"\n{\n}\n");
  }

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void a_message_is_answered() throws Exception {
    begin("");
    assertThat(get(say("echoRequest", "{\"a\":[1,{\"b\":null}]}"))).isFalse();
    assertThat(nextAnswer())
        .isEqualTo("{\"event_type\":\"echoResponse\",\"payload\":{\"a\":[1,{\"b\":null}]}}");
  }

  @Test
  void as_deep_as_a_page_may_say_it_comes_back() throws Exception {
    begin("");
    var payload = "{\"a\":" + "[".repeat(30) + "]".repeat(30) + "}";
    get(say("echoRequest", payload));
    assertThat(nextAnswer()).contains(payload);
  }

  @Test
  void what_is_cancelled_before_its_turn_is_not_done() throws Exception {
    begin(
        """
        import os, time
        @vitrine.on('wait')
        def wait(payload):
            end = time.monotonic() + 4
            while not os.path.exists(__file__ + '.go') and time.monotonic() < end:
                time.sleep(0.01)
        """);
    var first = say("wait", "{}");
    var second = say("echoRequest", "{\"not\":1}");
    var third = say("echoRequest", "{}");
    assertThat(second.toCompletableFuture().cancel(false)).isTrue();
    Files.createFile(code.resolve("extension/__init__.py.go"));
    get(first);
    get(third);
    assertThat(nextAnswer()).isEqualTo("{\"event_type\":\"echoResponse\",\"payload\":{}}");
  }

  @Test
  void a_message_without_a_handler_is_refused_by_name() throws Exception {
    begin("");
    assertRefused(say("dance", "{}"), "Nothing here answers messages of the type 'dance'.");
  }

  @Test
  void without_an_extension_every_message_is_refused() throws Exception {
    stage = StageProcess.start(options(), listener, InstantSource.system());
    assertThat(get(stage.startSession())).isFalse();
    assertRefused(say("%d", "{}"), "Nothing here answers messages of the type '%d'.");
  }

  @Test
  void an_edit_is_a_scene_and_outlasts_the_process() throws Exception {
    begin("");
    get(stage.open("ball.usda", _ -> {})).close();
    assertThat(get(say("grow", "{\"radius\":3}"))).isTrue();
    try (var edited = listener.nextEdited()) {
      assertThat(radius(edited)).isEqualTo(3);
    }
    assertRefused(say("exit", "{}"), "The stage process ended while it worked on the request.");
    try (var reopened = listener.nextReopened()) {
      assertThat(radius(reopened)).isEqualTo(3);
    }
    assertThat(get(say("echoRequest", "{}"))).isFalse();
  }

  @Test
  void an_edit_that_a_refresh_shows_outlasts_the_loss_of_the_process() throws Exception {
    begin(
        """
        from vitrine_stage import snapshot
        write = snapshot.write

        def full(*about):
            snapshot.write = write
            raise OSError(28, "No space left on device")

        @vitrine.on("growUnseen")
        def grow_unseen(payload):
            snapshot.write = full
            grow(payload)
        """);
    get(stage.open("ball.usda", _ -> {})).close();
    assertRefused(say("growUnseen", "{\"radius\":3}"), "No space left on device");
    try (var shown = get(stage.refresh()).orElseThrow()) {
      assertThat(radius(shown)).isEqualTo(3);
    }
    assertRefused(say("exit", "{}"), "The stage process ended while it worked on the request.");
    try (var reopened = listener.nextReopened()) {
      assertThat(radius(reopened)).isEqualTo(3);
    }
  }

  @Test
  void a_handler_that_fails_says_why_and_shows_what_it_did() throws Exception {
    begin("@vitrine.on('half')\ndef half(payload):\n    grow({'radius': 2})\n    1 / 0\n");
    get(stage.open("ball.usda", _ -> {})).close();
    assertRefused(say("half", "{}"), "ZeroDivisionError: division by zero");
    try (var edited = listener.nextEdited()) {
      assertThat(radius(edited)).isEqualTo(2);
    }
  }

  @Test
  void a_handler_that_loops_is_ended_and_the_stage_comes_back() throws Exception {
    begin("");
    get(stage.open("ball.usda", _ -> {})).close();
    assertRefused(
        say("loop", "{}"), "The handler of loop took longer than 3 s to answer and was ended.");
    listener.nextReopened().close();
    get(say("echoRequest", "{}"));
    assertThat(nextAnswer()).contains("echoResponse");
  }

  @Test
  void a_handler_that_loops_is_ended_though_it_has_left_a_child() throws Exception {
    begin(
        """
        import time

        @vitrine.on("leaveChild")
        def leave_child(payload):
            if os.fork() == 0:
                time.sleep(20)
                os._exit(0)
            loop({})
        """);
    var answer = say("leaveChild", "{}").toCompletableFuture();
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("took longer than 3 s to answer and was ended.");
  }

  @Test
  void a_message_that_nobody_could_read_is_passed_on_as_it_is() throws Exception {
    begin(SAY + "    for _ in range(256):\n        say('{\"a\":' + '1' * 2000)\n");
    var before = pidOnceReady();
    assertThat(get(say("say", "{}"))).isFalse();
    assertThat(nextAnswer()).contains("echoResponse");
    assertThat(nextAnswer()).isEqualTo("{\"a\":" + "1".repeat(2000));
    assertThat(stage.pid()).hasValue(before);
  }

  @Test
  void a_process_that_says_more_than_it_may_is_replaced() throws Exception {
    begin(SAY + "    for _ in range(257):\n        say('{}')\n");
    assertRefused(say("say", "{}"), "The extension sent more than 256 messages in one call.");
    get(say("echoRequest", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1e6", "'x'", "None"})
  void a_time_that_makes_no_sense_costs_the_process_and_no_more(String seconds) throws Exception {
    start(
        "from vitrine._handlers import Timer, handlers\nhandlers.timers.append(Timer(%s, loop))\n"
            .formatted(seconds));
    assertRefused(
        stage.startSession(), "The stage process named a periodic handler without a time.");
    get(say("echoRequest", "{}"));
  }

  @Test
  void before_a_session_has_started_and_after_its_end_nothing_is_handled() throws Exception {
    start("");
    assertRefused(say("echoRequest", "{}"), "The session has not started");
    get(stage.startSession());
    get(say("echoRequest", "{}"));
    get(stage.endSession());
    assertRefused(say("echoRequest", "{}"), "The session has not started");
    assertThat(answers).hasSize(1);
  }

  @Test
  void a_change_that_mends_a_start_that_looped_has_the_session_started() throws Exception {
    start("@vitrine.on_start\ndef begin():\n    loop({})\n");
    assertRefused(stage.startSession(), "took longer than 3 s");
    write("@vitrine.on_start\ndef begin():\n    vitrine.send('begun', {})\n");
    stage.reload();
    assertThat(listener.nextMessage()).contains("begun");
  }

  @Test
  void a_session_ends_however_much_waits() throws Exception {
    begin("import time\n@vitrine.on('wait')\ndef wait(payload):\n    time.sleep(1)\n");
    for (int i = 0; i < 100; i++) {
      say(i == 0 ? "wait" : "echoRequest", "{}");
    }
    get(stage.endSession());
    assertRefused(say("echoRequest", "{}"), "The session has not started");
  }

  @Test
  void a_handler_that_eats_memory_fails_and_the_process_lives() throws Exception {
    begin("@vitrine.on('eat')\ndef eat(payload):\n    bytearray(9 << 30)\n");
    var before = pidOnceReady();
    assertRefused(say("eat", "{}"), "MemoryError");
    assertThat(stage.pid()).hasValue(before);
  }

  @Test
  void an_extension_that_cannot_be_loaded_is_told_and_the_stage_is_shown() throws Exception {
    start("raise RuntimeError('not today')\n");
    get(stage.open("ball.usda", _ -> {})).close();
    assertThat(listener.nextFailure())
        .endsWith(" could not be loaded: RuntimeError: not today.")
        .startsWith("The extension ");
  }

  @Test
  void an_extension_that_loops_while_it_is_loaded_is_done_without() throws Exception {
    start("while True:\n    pass\n");
    get(stage.open("ball.usda", _ -> {})).close();
    assertThat(listener.nextFailure())
        .isEqualTo("Loading the extension took longer than 3 s to answer and was ended.");
    assertRefused(say("echoRequest", "{}"), "Loading the extension took longer than 3 s");
    assertRefused(stage.startSession(), "Loading the extension took longer than 3 s");
  }

  @Test
  void a_session_starts_again_in_the_next_process() throws Exception {
    start("@vitrine.on_start\ndef begin():\n    vitrine.send('begun', {})\n");
    get(stage.startSession());
    assertThat(listener.nextMessage()).contains("begun");
    assertRefused(say("exit", "{}"), "ended");
    assertThat(listener.nextMessage()).contains("begun");
  }

  @Test
  void a_start_that_loops_is_tried_once() throws Exception {
    start("@vitrine.on_start\ndef begin():\n    loop({})\n");
    assertRefused(stage.startSession(), "A handler of the session's start took longer than 3 s");
    get(say("echoRequest", "{}"));
    assertThat(nextAnswer()).contains("echoResponse");
  }

  @Test
  void periodic_handlers_are_called_while_a_session_lasts() throws Exception {
    start(
        """
        @vitrine.every(0.05)
        def tick():
            vitrine.state.count = getattr(vitrine.state, "count", 0) + 1
            vitrine.send("counted", {"count": vitrine.state.count})

        @vitrine.on_end
        def finish():
            vitrine.send("finished", {})

        @vitrine.on_start
        def begin():
            vitrine.send("begun", {})
        """);
    get(stage.startSession());
    assertThat(listener.nextMessage()).contains("begun");
    assertThat(listener.nextMessage()).contains("{\"count\":1}");
    assertThat(listener.nextMessage()).contains("{\"count\":2}");
    get(stage.endSession());
    get(stage.startSession());
    for (var next = listener.nextMessage();
        !next.contains("begun");
        next = listener.nextMessage()) {
      assertThat(next).contains("counted"); // what is sent at the end is for nobody
    }
  }

  @Test
  void a_periodic_handler_that_fails_has_its_last_call() throws Exception {
    start(
        """
        calls = []

        @vitrine.every(0.02)
        def tick():
            calls.append(1)
            raise ValueError(f"call {len(calls)}")

        @vitrine.every(0.1)
        def tell():
            vitrine.send("calls", {"calls": len(calls)})
        """);
    get(stage.startSession());
    assertThat(listener.nextFailure()).isEqualTo("ValueError: call 1");
    for (int i = 0; i < 3; i++) {
      assertThat(listener.nextMessage()).contains("{\"calls\":1}");
    }
  }

  @Test
  void a_change_of_its_code_is_loaded_anew_with_the_stage_as_it_is_on_disk() throws Exception {
    begin("");
    get(stage.open("ball.usda", _ -> {})).close();
    get(say("grow", "{\"radius\":3}"));
    listener.nextEdited().close();

    write("@vitrine.on('new')\ndef new(payload):\n    vitrine.send('isNew', {})\n");
    stage.reload();
    try (var reopened = listener.nextReopened()) {
      assertThat(radius(reopened)).isEqualTo(1);
    }
    get(say("new", "{}"));
    assertThat(nextAnswer()).contains("isNew");
  }

  @Test
  void a_change_that_mends_an_extension_has_it_loaded() throws Exception {
    start("while True:\n    pass\n");
    assertThat(listener.nextFailure()).contains("took longer");
    assertRefused(stage.startSession(), "took longer");
    write("");
    stage.reload();
    get(say("echoRequest", "{}"));
    assertThat(nextAnswer()).contains("echoResponse");
  }

  private void start(String handlers) throws IOException {
    write(handlers);
    var extension = new ExtensionOptions(code.resolve("extension"), HANDLER_LIMIT);
    stage =
        StageProcess.start(options().withExtension(extension), listener, InstantSource.system());
  }

  /** A viewer's session with it. */
  private void begin(String handlers) throws Exception {
    start(handlers);
    get(stage.startSession());
  }

  private void write(String handlers) throws IOException {
    var folder = Files.createDirectories(code.resolve("extension"));
    Files.writeString(folder.resolve("__init__.py"), HANDLERS + handlers);
  }

  private StageOptions options() {
    return StageOptions.of(PYTHON, PACKAGE, assets).withRunParent(runParent);
  }

  private CompletionStage<Boolean> say(String eventType, String payload)
      throws JsonProcessingException {
    return stage.handle(eventType, (ObjectNode) Json.read(payload), answers::add);
  }

  private String nextAnswer() throws InterruptedException {
    return requireNonNull(answers.poll(60, TimeUnit.SECONDS), "nothing was answered");
  }

  private long pidOnceReady() throws Exception {
    get(say("echoRequest", "{}"));
    return stage.pid().orElseThrow();
  }

  private static double radius(OpenedStage stage) {
    return stage.scene().meshes().getFirst().bounds().max().x();
  }

  private static void assertRefused(CompletionStage<?> answer, String words) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOf(StageException.class)
        .hasMessageContaining(words);
  }

  private static <T> T get(CompletionStage<T> answer) throws Exception {
    try {
      return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof StageException refused ? refused : failed;
    }
  }
}
