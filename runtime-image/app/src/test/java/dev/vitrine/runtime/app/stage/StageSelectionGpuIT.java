package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.InputEvent;
import dev.vitrine.protocol.InputEvent.Pointer;
import dev.vitrine.protocol.InputEvent.PointerKind;
import dev.vitrine.protocol.StageState;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.stage.ExtensionOptions;
import dev.vitrine.runtime.stage.StageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is selected while the stage is picked, edited, lost and replaced. */
class StageSelectionGpuIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final String BALLS =
      """
      #usda 1.0
      def Xform "Set"
      {
          def Sphere "Left" {
              double3 xformOp:translate = (-2, 0, 0)
              uniform token[] xformOpOrder = ["xformOp:translate"]
          }
          def Sphere "Middle" {
          }
          def Sphere "Right" {
              double3 xformOp:translate = (2, 0, 0)
              uniform token[] xformOpOrder = ["xformOp:translate"]
          }
      }
      """;
  private static final String EXTENSION =
      """
      import os
      import vitrine

      @vitrine.on("remove")
      def remove(payload):
          vitrine.stage().GetPrimAtPath(payload["path"]).SetActive(False)

      @vitrine.on("die")
      def die(payload):
          os._exit(1)
      """;

  @TempDir private Path temporary;
  private final BlockingQueue<List<String>> picked = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();
  private final Cameraman cameraman = new Cameraman(SIZE.aspect());
  private RenderLoop render;
  private SelectionHost selection;
  private StageHost host;

  @BeforeEach
  void show() throws Exception {
    var assets = Files.createDirectory(temporary.resolve("assets"));
    Files.writeString(assets.resolve("balls.usda"), BALLS);
    Files.copy(assets.resolve("balls.usda"), assets.resolve("other.usda"));
    render = new RenderLoop(RendererOptions.DEFAULT, SIZE, 30, cameraman::camera, failure -> {});
    selection = new SelectionHost(render, cameraman, SIZE);
    selection.follow(told::add);
    host =
        new StageHost(
            options(assets),
            Optional.empty(),
            render,
            cameraman,
            selection,
            InstantSource.system());
    done(host.open("balls.usda"));
    host.startSession();
  }

  @AfterEach
  void close() {
    host.close();
    render.close();
  }

  @Test
  void a_click_selects_the_ball_and_one_beside_it_clears_the_selection() throws Exception {
    click(0.5, 0);
    assertThat(nextPicked()).containsExactly("/Set/Middle");
    click(0.02, 0);
    assertThat(nextPicked()).isEmpty();
  }

  @Test
  void clicks_with_keys_extend_the_selection() throws Exception {
    click(0.5, 0);
    nextPicked();
    click(x("/Set/Right"), InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Middle", "/Set/Right");
    click(0.5, InputEvent.CTRL);
    assertThat(nextPicked()).containsExactly("/Set/Right");
  }

  @Test
  void a_click_that_changes_nothing_is_not_told() throws Exception {
    click(0.02, 0);
    click(0.5, 0);
    assertThat(nextPicked()).containsExactly("/Set/Middle");
  }

  @Test
  void a_band_selects_all_that_is_seen_in_it_and_is_drawn_meanwhile() throws Exception {
    pointer(PointerKind.DOWN, 0.01, 0.01, 1, InputEvent.CTRL);
    pointer(PointerKind.MOVE, 0.5, 0.99, 1, InputEvent.CTRL);
    assertThat(selection.band()).isPresent();
    pointer(PointerKind.UP, 0.5, 0.99, 0, InputEvent.CTRL);
    assertThat(selection.band()).isEmpty();
    assertThat(nextPicked()).containsExactly("/Set/Left", "/Set/Middle");
  }

  @Test
  void the_page_selects_what_is_drawn_and_hears_what_is_not() throws Exception {
    assertThat(done(selection.select(List.of("/Set/Left", "/Nowhere", "/Set/Left"))))
        .containsExactly("/Nowhere");
    click(0.5, InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Left", "/Set/Middle");
    assertThat(told).isEmpty();
  }

  @Test
  void what_the_page_makes_pickable_is_picked_by_what_is_below_it() throws Exception {
    done(selection.makePickable(List.of("/Set")));
    click(0.5, 0);
    assertThat(nextPicked()).containsExactly("/Set");
    done(selection.makePickable(List.of()));
    click(0.5, 0);
    assertThat(nextPicked()).isEmpty();
  }

  @Test
  void an_edit_keeps_the_selection_but_for_prims_that_it_removes() throws Exception {
    done(selection.select(List.of("/Set/Left", "/Set/Middle")));
    say("remove", "{\"path\":\"/Set/Right\"}");
    say("remove", "{\"path\":\"/Set/Left\"}");
    assertThat(told.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).containsExactly("/Set/Middle");
  }

  @Test
  void a_crash_of_the_stage_process_keeps_the_selection() throws Exception {
    done(selection.select(List.of("/Set/Left")));
    var states = new CopyOnWriteArrayList<StageState>();
    host.follow(report -> states.add(report.state()));
    say("die", "{}");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(states).containsSubsequence(StageState.RESTARTING, StageState.READY));
    click(0.5, InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Left", "/Set/Middle");
  }

  @Test
  void another_stage_begins_without_a_selection_and_with_everything_pickable() throws Exception {
    done(selection.select(List.of("/Set/Left")));
    done(selection.makePickable(List.of()));
    done(host.replace("other.usda"));
    click(0.5, InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Middle");
  }

  @Test
  void a_stage_that_cannot_be_opened_leaves_the_selection() throws Exception {
    done(selection.select(List.of("/Set/Left")));
    assertThat(host.replace("missing.usda"))
        .failsWithin(LIMIT)
        .withThrowableOfType(ExecutionException.class);
    click(0.5, InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Left", "/Set/Middle");
  }

  @Test
  void another_viewer_begins_without_a_selection_and_with_everything_pickable() throws Exception {
    done(selection.select(List.of("/Set/Left")));
    done(selection.makePickable(List.of()));
    selection.beginAnew();
    click(0.5, InputEvent.SHIFT);
    assertThat(nextPicked()).containsExactly("/Set/Middle");
  }

  @Test
  void another_viewer_finds_nothing_selected_even_if_the_renderer_had_no_time() throws Exception {
    done(selection.select(List.of("/Set/Left")));
    var released = new CountDownLatch(1);
    occupy(released);
    var late = selection.select(List.of("/Set/Right"));
    while (!render.with(renderer -> true).toCompletableFuture().isCompletedExceptionally()) {
      // until no more may wait
    }
    selection.beginAnew();
    released.countDown();
    assertThat(late).failsWithin(LIMIT).withThrowableOfType(ExecutionException.class);
    assertThat(done(selection.prims())).isEmpty();
  }

  @Test
  void another_viewer_begins_without_a_band() {
    pointer(PointerKind.DOWN, 0.01, 0.01, 1, InputEvent.CTRL);
    pointer(PointerKind.MOVE, 0.5, 0.99, 1, InputEvent.CTRL);
    selection.beginAnew();
    assertThat(selection.band()).isEmpty();
  }

  @Test
  void clicks_that_come_too_fast_are_left_out_and_leave_room_for_others() throws Exception {
    var released = new CountDownLatch(1);
    occupy(released);
    for (int i = 0; i < 100; i++) {
      click(0.5, InputEvent.CTRL);
    }
    var other = render.with(renderer -> true);
    released.countDown();
    done(other);
    assertThat(picked).hasSize(4);
    click(0.5, 0);
    done(selection.prims());
    assertThat(picked).hasSize(5);
  }

  @Test
  void what_is_selected_is_told_to_who_asks() throws Exception {
    assertThat(done(selection.prims())).isEmpty();
    done(selection.select(List.of("/Set/Left")));
    click(x("/Set/Right"), InputEvent.SHIFT);
    assertThat(done(selection.prims())).containsExactly("/Set/Left", "/Set/Right");
  }

  private StageOptions options(Path assets) throws IOException {
    var folder = Files.createDirectory(temporary.resolve("extension"));
    Files.writeString(folder.resolve("__init__.py"), EXTENSION);
    return StageOptions.of(
            Path.of(System.getProperty("stage.python")),
            Path.of(System.getProperty("stage.package")),
            assets)
        .withRunParent(temporary)
        .withExtension(new ExtensionOptions(folder, Duration.ofSeconds(3)));
  }

  /** The renderer does nothing else until this is released. */
  private void occupy(CountDownLatch released) throws Exception {
    var begun = new CountDownLatch(1);
    var unused =
        render.with(
            renderer -> {
              begun.countDown();
              try {
                return released.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** Where a prim's middle is in the picture, as a fraction of its width. */
  private double x(String prim) throws Exception {
    var place = done(render.with(renderer -> renderer.bounds(prim).orElseThrow().center()));
    var camera = cameraman.camera();
    var seen = camera.view().point(place);
    return (camera.projection(SIZE.aspect()).at(0, 0) * seen.x() / -seen.z() + 1) / 2;
  }

  private void click(double x, int mods) {
    pointer(PointerKind.DOWN, x, 0.5, 1, mods);
    pointer(PointerKind.UP, x, 0.5, 0, mods);
  }

  private void pointer(PointerKind kind, double x, double y, int buttons, int mods) {
    if (selection.take(new Pointer(kind, x, y, 0, buttons, mods), picked::add)) {
      cameraman.follow(new Pointer(kind, x, y, 0, buttons, mods));
    }
  }

  private List<String> nextPicked() throws InterruptedException {
    var next = picked.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private void say(String eventType, String payload) throws Exception {
    host.handle(
        AppMessage.parse("{\"event_type\":\"%s\",\"payload\":%s}".formatted(eventType, payload)),
        reply -> {});
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
