package dev.vitrine.runtime.app.viewer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Change;
import dev.vitrine.protocol.ViewerReply.Outcome;
import dev.vitrine.protocol.ViewerReply.Result;
import dev.vitrine.protocol.ViewerRequest;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.app.stage.StageHost;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.stage.StageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page asks of the stage, the camera and the picture, and what comes of it. */
class ConversationGpuIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path PYTHON = Path.of(System.getProperty("stage.python"));
  private static final Path PACKAGE = Path.of(System.getProperty("stage.package"));
  private static final PictureSize SIZE = new PictureSize(320, 180);
  private static final String STAGE =
      """
      #usda 1.0
      def Sphere "Ball" (
          variants = { string size = "small" }
          prepend variantSets = "size"
      )
      {
          variantSet "size" = {
              "small" {
                  double radius = 1
              }
              "big" {
                  double radius = 4
              }
          }
      }
      def Camera "Front"
      {
          double3 xformOp:translate = (0, 0, 9)
          uniform token[] xformOpOrder = ["xformOp:translate"]
      }
      """;

  @TempDir private Path temporary;
  private final BlockingQueue<ViewerReply> told = new LinkedBlockingQueue<>();
  private final Cameraman cameraman = new Cameraman(SIZE.aspect());
  private RenderLoop render;
  private StageHost host;
  private Conversation conversation;

  @BeforeEach
  void show() throws Exception {
    var assets = Files.createDirectory(temporary.resolve("assets"));
    Files.writeString(assets.resolve("ball.usda"), STAGE);
    render = new RenderLoop(RendererOptions.DEFAULT, SIZE, 30, cameraman::camera, failure -> {});
    var options = StageOptions.of(PYTHON, PACKAGE, assets).withRunParent(temporary);
    var selection = new SelectionHost(render, cameraman, SIZE);
    host =
        new StageHost(
            options, Optional.empty(), render, cameraman, selection, InstantSource.system());
    conversation = new Conversation(new Conversation.Partner(host, cameraman, render, selection));
    host.open("ball.usda").toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    host.close();
    render.close();
  }

  @Test
  void a_property_that_is_set_is_told_and_seen_and_the_camera_stays() throws Exception {
    var before = cameraman.camera();
    assertSucceeds(
        Change.PROPERTY,
        "setPropertyRequest",
        "{\"prim_path\":\"/Ball\",\"name\":\"radius\",\"value\":3}");
    awaitWidth(6);
    assertThat(cameraman.camera()).isEqualTo(before);
    var properties =
        (ViewerReply.GetPropertiesResponse)
            ask("getPropertiesRequest", "{\"prim_path\":\"/Ball\"}");
    assertThat(properties.type()).isEqualTo("Sphere");
    assertThat(properties.properties())
        .filteredOn(it -> it.name().equals("radius"))
        .singleElement()
        .satisfies(it -> assertThat(it.value().doubleValue()).isEqualTo(3));
  }

  @Test
  void a_variant_that_is_chosen_is_told_and_seen() throws Exception {
    assertSucceeds(
        Change.VARIANT,
        "setVariantRequest",
        "{\"prim_path\":\"/Ball\",\"variant_set\":\"size\",\"variant\":\"big\"}");
    awaitWidth(8);
    var variants =
        (ViewerReply.GetVariantsResponse) ask("getVariantsRequest", "{\"prim_path\":\"/Ball\"}");
    assertThat(variants.variantSets().getFirst().selection()).isEqualTo("big");
  }

  @Test
  void what_is_asked_of_no_prim_is_refused_in_a_sentence() throws Exception {
    assertThat(ask("getPropertiesRequest", "{\"prim_path\":\"/No\"}"))
        .isEqualTo(
            new ViewerReply.ViewerError("getPropertiesRequest", "The stage has no prim at /No."));
    assertThat(
            ask(
                "setVariantRequest",
                "{\"prim_path\":\"/Ball\",\"variant_set\":\"a\",\"variant\":\"b\"}"))
        .isEqualTo(
            new Outcome(Change.VARIANT, Result.ERROR, "The prim /Ball has no variant set 'a'."));
    assertThat(ask("setCameraRequest", "{\"prim_path\":\"/Ball\"}"))
        .isEqualTo(
            new Outcome(
                Change.CAMERA, Result.ERROR, "The stage has no perspective camera at /Ball."));
    assertThat(ask("fitCameraRequest", "{\"paths\":[\"/Front\"]}"))
        .isEqualTo(new Outcome(Change.CAMERA_FIT, Result.ERROR, "Nothing is drawn there."));
    assertThat(ask("setCameraStateRequest", "{\"position\":[0,0,0],\"target\":[0,0,0]}"))
        .isEqualTo(
            new Outcome(
                Change.CAMERA_STATE,
                Result.ERROR,
                "The camera needs a `target` that is not its `position`."));
  }

  @Test
  void the_camera_goes_where_it_is_told() throws Exception {
    var before = cameraman.camera();
    var cameras = (ViewerReply.GetCamerasResponse) ask("getCamerasRequest", "{}");
    assertThat(cameras.cameras()).containsExactly(new ViewerReply.StageCamera("Front", "/Front"));
    assertSucceeds(Change.CAMERA, "setCameraRequest", "{\"prim_path\":\"/Front\"}");
    assertThat(cameraman.camera().eye().z()).isEqualTo(9);
    assertSucceeds(Change.CAMERA, "setCameraRequest", "{\"prim_path\":\"\"}");
    assertThat(cameraman.camera()).isEqualTo(before);
    assertSucceeds(
        Change.CAMERA_STATE,
        "setCameraStateRequest",
        "{\"position\":[0,0,100],\"target\":[50,0,0],\"field_of_view\":30}");
    assertThat(cameraman.camera().verticalFieldOfViewRadians()).isEqualTo(Math.toRadians(30));
    assertSucceeds(Change.CAMERA_FIT, "fitCameraRequest", "{\"paths\":[\"/Ball\",\"/Front\"]}");
    assertThat(cameraman.orbit().view().target().length()).isLessThan(1e-6);
    assertSucceeds(Change.CAMERA_FIT, "fitCameraRequest", "{\"paths\":[]}");
  }

  @Test
  void a_setting_of_the_picture_stays() throws Exception {
    ask("setRenderSettingRequest", "{\"name\":\"background\",\"value\":[1,0.5,0]}");
    ask("setRenderSettingRequest", "{\"name\":\"exposure\",\"value\":2}");
    var changed =
        (ViewerReply.RenderSettingsChanged)
            ask("setRenderSettingRequest", "{\"name\":\"headlight\",\"value\":true}");
    assertThat(changed.settings().background().green()).isEqualTo(0.5);
    assertThat(changed.settings().exposure().stops()).isEqualTo(2);
    assertThat(changed.settings().headlight().on()).isTrue();
    assertThat(ask("getRenderSettingsRequest", "{}"))
        .isEqualTo(new ViewerReply.GetRenderSettingsResponse(changed.settings()));
  }

  private void assertSucceeds(Change change, String type, String payload) throws Exception {
    assertThat(ask(type, payload)).isEqualTo(new Outcome(change, Result.SUCCESS, ""));
  }

  private ViewerReply ask(String type, String payload)
      throws BadMessageException, InterruptedException {
    var message =
        AppMessage.parse("{\"event_type\":\"%s\",\"payload\":%s}".formatted(type, payload));
    conversation.receive(ViewerRequest.of(message), told::add);
    return requireNonNull(told.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  private void awaitWidth(double expected) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              var bounds =
                  render
                      .with(renderer -> renderer.bounds())
                      .toCompletableFuture()
                      .get(10, TimeUnit.SECONDS)
                      .orElseThrow();
              return bounds.max().x() - bounds.min().x() == expected;
            });
  }
}
