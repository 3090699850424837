package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.protocol.ViewerReply.Change;
import dev.vitrine.protocol.ViewerReply.Child;
import dev.vitrine.protocol.ViewerReply.LoadingState;
import dev.vitrine.protocol.ViewerReply.Point;
import dev.vitrine.protocol.ViewerReply.Property;
import dev.vitrine.protocol.ViewerReply.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerReplyTest {

  private static final ViewerReply.RenderSettings SETTINGS =
      new ViewerReply.RenderSettings(
          new RenderSetting.Background(1, 1, 1),
          new RenderSetting.Exposure(-1.5),
          new RenderSetting.Headlight(true));

  @Test
  void replies_are_written_as_the_fixtures_say() throws IOException, BadMessageException {
    var replies =
        List.of(
            new ViewerReply.OpenedStageResult("stages/kitchen.usda", Result.SUCCESS, ""),
            new ViewerReply.OpenedStageResult(
                "stages/no.usda", Result.ERROR, "There is no such file."),
            new ViewerReply.LoadingStateResponse(LoadingState.IDLE, "stages/kitchen.usda"),
            new ViewerReply.GetChildrenResponse(
                "/",
                List.of(new Child("World", "/World", true), new Child("Sun", "/Sun", false)),
                3),
            new ViewerReply.StageSelectionChanged(List.of("/World/Cup", "/World/Plate")),
            new ViewerReply.StageSelectionChanged(List.of()),
            new ViewerReply.MakePrimsPickableResponse(Result.SUCCESS, ""),
            new ViewerReply.ResetStageResponse(Result.SUCCESS, ""),
            new ViewerReply.GetPropertiesResponse(
                "/World/Ball",
                "Sphere",
                List.of(
                    new Property(
                        "radius",
                        "double",
                        json("2.5"),
                        false,
                        null,
                        true,
                        false,
                        false,
                        false,
                        true,
                        List.of()),
                    new Property(
                        "primvars:displayColor",
                        "color3f[]",
                        json("[[1,0,0]]"),
                        true,
                        2000,
                        true,
                        false,
                        false,
                        false,
                        true,
                        List.of()),
                    new Property(
                        "visibility",
                        "token",
                        json("null"),
                        false,
                        null,
                        false,
                        true,
                        false,
                        false,
                        true,
                        List.of("inherited", "invisible"))),
                0),
            new ViewerReply.GetVariantsResponse(
                "/World/Car",
                List.of(new ViewerReply.VariantSet("paint", List.of("red", "blue"), "red", 0))),
            new ViewerReply.GetCamerasResponse(
                List.of(new ViewerReply.StageCamera("Camera", "/World/Camera"))),
            new ViewerReply.CameraStateChanged(
                new Point(0, 1.5, 5), new Point(0, 0, 0), new Point(0, 1, 0), 45),
            new ViewerReply.GetRenderSettingsResponse(SETTINGS),
            new ViewerReply.RenderSettingsChanged(SETTINGS),
            new ViewerReply.Outcome(Change.PROPERTY, Result.SUCCESS, ""),
            new ViewerReply.Outcome(
                Change.VARIANT, Result.ERROR, "The prim /World has no variant set 'paint'."),
            new ViewerReply.Outcome(Change.CAMERA, Result.SUCCESS, ""),
            new ViewerReply.Outcome(Change.CAMERA_FIT, Result.SUCCESS, ""),
            new ViewerReply.Outcome(Change.CAMERA_STATE, Result.SUCCESS, ""),
            new ViewerReply.UpdateProgressAmount(0.5),
            new ViewerReply.Warning(EndReason.IDLE_TIMEOUT, 30, 0),
            new ViewerReply.Warning(EndReason.MAX_DURATION, 60, 1800),
            new ViewerReply.Extended(1842),
            new ViewerReply.NotExtended("Sessions of this class cannot be extended."),
            new ViewerReply.NewerVersion("1.5.0"),
            new ViewerReply.Ended(EndReason.MAX_DURATION, "The session has had its hour."),
            new ViewerReply.StageStateChanged(
                StageState.RESTARTING, "The stage's process died; it is being restarted."),
            new ViewerReply.Chunk("7", 1, 3, "\"path\":\"/Wo"),
            new ViewerReply.ViewerError("paint", "ValueError: no such colour"),
            new ViewerReply.Other(
                AppMessage.parse(
                    "{\"event_type\":\"echoResponse\",\"payload\":{\"words\":[\"a\",{\"b\":null}]}}")));

    assertThat(replies.stream().map(reply -> reply.toMessage().toJson()))
        .containsExactlyElementsOf(
            FixturesTest.fixtures("messages-from-runtime.json")
                .map(fixture -> fixture.get("text").asText())
                .toList());
  }

  @Test
  void a_reply_has_the_id_of_its_request() throws BadMessageException {
    var request = AppMessage.parse("{\"event_type\":\"resetStage\",\"id\":\"7\"}");

    assertThat(new ViewerReply.ResetStageResponse(Result.SUCCESS, "").toMessage(request).toJson())
        .isEqualTo(
            "{\"event_type\":\"resetStageResponse\",\"id\":\"7\",\"payload\":{\"result\":\"success\",\"error\":\"\"}}");
    assertThat(new ViewerReply.ViewerError("resetStage", "No.").toMessage(request).id())
        .isEqualTo("7");
  }

  @Test
  void what_an_extension_says_besides_is_no_reply() throws BadMessageException {
    var request = AppMessage.parse("{\"event_type\":\"paintRequest\",\"id\":\"7\"}");

    assertThat(said("paintResponse").toMessage(request).id()).isEqualTo("7");
    assertThat(said("painting").toMessage(request).id()).isNull();
  }

  @Test
  void without_an_id_there_is_none_in_the_reply() throws BadMessageException {
    var request = AppMessage.parse("{\"event_type\":\"paintRequest\"}");

    assertThat(said("paintResponse").toMessage(request).toJson())
        .isEqualTo("{\"event_type\":\"paintResponse\",\"payload\":{}}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void who_sends_no_ids_gets_as_many_children_as_one_frame_takes() throws BadMessageException {
    var children = Collections.nCopies(1_200, new Child("A", "/A", false));
    var reply = new ViewerReply.GetChildrenResponse("/", children, 1);
    var without = AppMessage.parse("{\"event_type\":\"getChildrenRequest\"}");
    var with = AppMessage.parse("{\"event_type\":\"getChildrenRequest\",\"id\":\"7\"}");

    assertThat(reply.toMessage(without).payload().get("children")).hasSize(1_000);
    assertThat(reply.toMessage(without).payload().get("omitted").intValue()).isEqualTo(201);
    assertThat(reply.toMessage(with).payload().get("children")).hasSize(1_200);
    assertThat(reply.toMessage(with).payload().get("omitted").intValue()).isEqualTo(1);
  }

  private static ViewerReply said(String type) throws BadMessageException {
    return new ViewerReply.Other(AppMessage.parse("{\"event_type\":\"" + type + "\"}"));
  }
}
