package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.StageState;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.stage.ExtensionOptions;
import dev.vitrine.runtime.stage.SceneCache;
import dev.vitrine.runtime.stage.StageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that was composed before is shown before it is composed again. */
class StageHostGpuIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path PYTHON = Path.of(System.getProperty("stage.python"));
  private static final Path PACKAGE = Path.of(System.getProperty("stage.package"));
  private static final PictureSize SIZE = new PictureSize(320, 180);

  @TempDir private Path temporary;
  private final Cameraman cameraman = new Cameraman(SIZE.aspect());
  private Path assets;
  private RenderLoop render;
  private SelectionHost selection;

  @BeforeEach
  void author() throws IOException {
    assets = Files.createDirectory(temporary.resolve("assets"));
    write(1);
    render = new RenderLoop(RendererOptions.DEFAULT, SIZE, 30, cameraman::camera, failure -> {});
    selection = new SelectionHost(render, cameraman, SIZE);
  }

  @AfterEach
  void close() {
    render.close();
  }

  @Test
  void what_was_composed_before_is_shown_though_nobody_composes_it() throws Exception {
    composeAndKeep();
    try (var host = host(neverReady())) {
      open(host);
      assertThat(host.report().state()).isEqualTo(StageState.READY);
      assertThat(width()).isEqualTo(2);
    }
  }

  @Test
  void what_changed_meanwhile_is_composed_and_not_shown_as_it_was() throws Exception {
    composeAndKeep();
    write(3);
    try (var host = host(PYTHON)) {
      open(host);
      assertThat(width()).isEqualTo(6);
    }
  }

  @Test
  void without_a_kept_scene_a_stage_is_ready_when_it_was_composed() throws Exception {
    try (var host = host(PYTHON)) {
      open(host);
      assertThat(host.report().state()).isEqualTo(StageState.READY);
      assertThat(width()).isEqualTo(2);
    }
  }

  @Test
  void what_was_saved_is_shown_and_what_is_broken_leaves_the_picture() throws Exception {
    try (var host = host(PYTHON)) {
      open(host);
      assertThat(host.sources()).containsExactly(assets.resolve("ball.usda"));
      write(3);
      refresh(host);
      assertThat(width()).isEqualTo(6);

      Files.writeString(assets.resolve("ball.usda"), "#usda 1.0\ndef {");
      assertThatThrownBy(() -> refresh(host))
          .hasMessageContaining("What was saved cannot be shown: ball.usda:2:");
      assertThat(width()).isEqualTo(6);
      assertThat(host.report().state()).isEqualTo(StageState.READY);
    }
  }

  @Test
  void a_stage_that_could_not_be_opened_is_shown_once_it_is_mended() throws Exception {
    Files.writeString(assets.resolve("ball.usda"), "#usda 1.0\ndef {");
    try (var host = host(PYTHON)) {
      assertThatThrownBy(() -> open(host)).hasMessageContaining("could not be opened");
      assertThat(host.sources()).containsExactly(assets.resolve("ball.usda"));
      write(2);
      refresh(host);
      assertThat(width()).isEqualTo(4);
      assertThat(host.report().state()).isEqualTo(StageState.READY);
    }
  }

  @Test
  void a_file_that_a_handler_brings_in_is_one_of_the_stages() throws Exception {
    Files.writeString(assets.resolve("more.usda"), "#usda 1.0\ndef Sphere \"More\"\n{\n}\n");
    var code = Files.createDirectory(temporary.resolve("extension"));
    Files.writeString(
        code.resolve("__init__.py"),
        """
        import vitrine

        @vitrine.on("bringIn")
        def bring_in(payload):
            more = vitrine.stage().GetRootLayer().ComputeAbsolutePath("more.usda")
            vitrine.stage().GetSessionLayer().subLayerPaths.append(more)
        """);
    var options = options(PYTHON).withExtension(ExtensionOptions.of(code));
    try (var host =
        new StageHost(
            options, Optional.empty(), render, cameraman, selection, InstantSource.system())) {
      open(host);
      host.startSession();
      host.handle(AppMessage.parse("{\"event_type\":\"bringIn\",\"payload\":{}}"), reply -> {});
      await("another file")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(host.sources())
                      .containsExactly(assets.resolve("ball.usda"), assets.resolve("more.usda")));
    }
  }

  @Test
  void an_address_that_is_no_file_name_has_no_file() throws Exception {
    try (var host = host(PYTHON)) {
      assertThatThrownBy(() -> host.open("a\ud800").toCompletableFuture().get(60, TimeUnit.SECONDS))
          .hasMessageContaining("does not exist");
      assertThat(host.sources()).isEmpty();
    }
  }

  private static void refresh(StageHost host) throws Exception {
    host.refresh().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void composeAndKeep() throws Exception {
    try (var host = host(PYTHON)) {
      open(host);
      await("a kept scene").atMost(LIMIT).until(() -> Files.isDirectory(scenes()) && hasScene());
    }
  }

  private boolean hasScene() throws IOException {
    try (var files = Files.list(scenes())) {
      return files.anyMatch(file -> !file.toString().endsWith(".tmp"));
    }
  }

  private static void open(StageHost host) throws Exception {
    host.open("ball.usda").toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Of what is drawn. */
  private double width() throws Exception {
    var bounds =
        render.with(renderer -> renderer.bounds()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    Bounds box = bounds.orElseThrow();
    return box.max().x() - box.min().x();
  }

  private StageHost host(Path python) {
    var options = options(python);
    var cache = new SceneCache(scenes(), options, 1 << 20, InstantSource.system());
    return new StageHost(
        options, Optional.of(cache), render, cameraman, selection, InstantSource.system());
  }

  private StageOptions options(Path python) {
    return StageOptions.of(python, PACKAGE, assets).withRunParent(temporary);
  }

  private Path scenes() {
    return temporary.resolve("scenes");
  }

  private Path neverReady() throws IOException {
    var script = Files.writeString(temporary.resolve("python"), "#!/bin/sh\nexec cat\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private void write(int radius) throws IOException {
    Files.writeString(
        assets.resolve("ball.usda"),
        "#usda 1.0\ndef Sphere \"Ball\"\n{\n    double radius = %d\n}\n".formatted(radius));
  }
}
