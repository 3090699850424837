package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.stage.ExtensionOptions;
import dev.vitrine.runtime.stage.StageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an extension does to the stage is in the picture; what it fails at is told. */
class ExtensionGpuIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final String HANDLERS =
      """
      import vitrine
      from pxr import UsdGeom

      def grow_to(radius):
          UsdGeom.Sphere.Get(vitrine.stage(), "/Ball").GetRadiusAttr().Set(float(radius))

      @vitrine.on("grow")
      def grow(payload):
          grow_to(payload["radius"])
          vitrine.send("grown", payload)

      @vitrine.on("loop")
      def loop(payload):
          while True:
              pass

      """;

  @TempDir private Path temporary;
  private final BlockingQueue<ViewerReply> told = new LinkedBlockingQueue<>();
  private final Cameraman cameraman = new Cameraman(SIZE.aspect());
  private RenderLoop render;
  private StageHost host;

  @BeforeEach
  void author() throws IOException {
    var assets = Files.createDirectory(temporary.resolve("assets"));
    Files.writeString(
        assets.resolve("ball.usda"),
        "#usda 1.0\ndef Sphere \"Ball\"\n{\n    double radius = 1\n}\n");
    Files.copy(assets.resolve("ball.usda"), assets.resolve("other.usda"));
    render = new RenderLoop(RendererOptions.DEFAULT, SIZE, 30, cameraman::camera, failure -> {});
  }

  @AfterEach
  void close() {
    host.close();
    render.close();
  }

  @Test
  void an_edit_is_in_the_picture_and_the_camera_stays() throws Exception {
    show("");
    host.startSession();
    Camera before = cameraman.camera();
    say("grow", "{\"radius\":3}");

    awaitWidth(6);
    assertThat(cameraman.camera()).isEqualTo(before);
    assertThat(nextTold().toMessage().toJson())
        .isEqualTo("{\"event_type\":\"grown\",\"payload\":{\"radius\":3}}");
  }

  @Test
  void the_last_of_many_edits_is_the_one_that_is_seen() throws Exception {
    show("");
    host.startSession();
    for (int radius = 2; radius <= 20; radius++) {
      say("grow", "{\"radius\":" + radius + "}");
    }
    awaitWidth(40);
  }

  @Test
  void a_handler_that_loops_costs_its_call_and_nothing_else() throws Exception {
    show("");
    host.startSession();
    say("grow", "{\"radius\":3}");
    nextTold();
    say("loop", "{}");
    assertThat(nextTold())
        .isEqualTo(
            new ViewerReply.ViewerError(
                "loop", "The handler of loop took longer than 3 s to answer and was ended."));
    await().atMost(LIMIT).until(() -> host.report().state() == StageState.READY);
    awaitWidth(6);
    say("grow", "{\"radius\":2}");
    awaitWidth(4);
  }

  @Test
  void what_is_said_before_a_failure_is_told_before_it() throws Exception {
    show("@vitrine.on('half')\ndef half(payload):\n    vitrine.send('begun', {})\n    1 / 0\n");
    host.startSession();
    say("half", "{}");
    assertThat(nextTold().toMessage().eventType()).isEqualTo("begun");
    assertThat(nextTold())
        .isEqualTo(new ViewerReply.ViewerError("half", "ZeroDivisionError: division by zero"));
  }

  @Test
  void a_start_that_fails_is_told() throws Exception {
    show("@vitrine.on_start\ndef begin():\n    raise ValueError('no licence')\n");
    host.startSession();
    assertThat(nextTold())
        .isEqualTo(new ViewerReply.ViewerError("vitrine.extension", "ValueError: no licence"));
  }

  @Test
  void an_extension_that_cannot_be_loaded_is_told_to_whoever_comes() throws Exception {
    show("1 / 0\n");
    told.clear();
    host.startSession();
    assertThat(nextTold())
        .isEqualTo(
            new ViewerReply.ViewerError(
                "vitrine.extension",
                "The extension extension could not be loaded: ZeroDivisionError: division by zero."));
    assertThat(host.report().state()).isEqualTo(StageState.READY);
  }

  @Test
  void the_end_of_a_session_is_waited_for_and_told_to_nobody() throws Exception {
    show(
        """
        import time

        @vitrine.on_end
        def finish():
            vitrine.send("finished", {})
            time.sleep(1)
            raise ValueError("too late")
        """);
    host.startSession();
    told.clear();
    var before = System.nanoTime();
    host.endSession();
    host.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(900));
    assertThat(told).isEmpty();
  }

  @Test
  void an_answer_is_for_the_asker() throws Exception {
    show("");
    host.startSession();
    var others = new LinkedBlockingQueue<ViewerReply>();
    host.extension().follow(others::add);
    say("grow", "{\"radius\":3}");
    assertThat(nextTold().toMessage().eventType()).isEqualTo("grown");
    assertThat(others).isEmpty();
  }

  @Test
  void an_edit_of_the_next_stage_is_not_lost_behind_one_of_the_stage_before() throws Exception {
    show("");
    host.startSession();
    var drawing = new CompletableFuture<Boolean>();
    var unused = render.with(renderer -> drawing.join());
    say("grow", "{\"radius\":3}");
    var opened = host.replace("other.usda");
    say("grow", "{\"radius\":9}");
    say("echo", "{}");
    for (var next = nextTold(); !(next instanceof ViewerReply.ViewerError); next = nextTold()) {
      // until the last one, which nobody answers
    }
    drawing.complete(true);
    opened.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    awaitWidth(18);
  }

  @Test
  void a_periodic_handler_moves_the_picture() throws Exception {
    show("@vitrine.every(0.05)\ndef tick():\n    grow_to(7)\n");
    assertThat(width()).isEqualTo(2);
    host.startSession();
    awaitWidth(14);
  }

  private void show(String handlers) throws Exception {
    var folder = Files.createDirectory(temporary.resolve("extension"));
    Files.writeString(folder.resolve("__init__.py"), HANDLERS + handlers);
    var options =
        StageOptions.of(
                Path.of(System.getProperty("stage.python")),
                Path.of(System.getProperty("stage.package")),
                temporary.resolve("assets"))
            .withRunParent(temporary)
            .withExtension(new ExtensionOptions(folder, Duration.ofSeconds(3)));
    host =
        new StageHost(
            options,
            Optional.empty(),
            render,
            cameraman,
            new SelectionHost(render, cameraman, SIZE),
            InstantSource.system());
    host.extension().follow(told::add);
    host.open("ball.usda").toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void say(String eventType, String payload) throws Exception {
    var message =
        AppMessage.parse("{\"event_type\":\"%s\",\"payload\":%s}".formatted(eventType, payload));
    host.handle(message, told::add);
  }

  private ViewerReply nextTold() throws InterruptedException {
    var next = told.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private void awaitWidth(double width) {
    await("a width of " + width).atMost(LIMIT).until(() -> width() == width);
  }

  private double width() throws Exception {
    var bounds =
        render.with(renderer -> renderer.bounds()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    var box = bounds.orElseThrow();
    return box.max().x() - box.min().x();
  }
}
