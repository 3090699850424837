package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ViewerReply.Child;
import dev.vitrine.protocol.ViewerReply.LoadingState;
import dev.vitrine.protocol.ViewerReply.Result;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerReplyTest {

  @Test
  void replies_are_written_as_the_fixtures_say() throws IOException, BadMessageException {
    var replies =
        List.of(
            new ViewerReply.OpenedStageResult("stages/kitchen.usda", Result.SUCCESS, ""),
            new ViewerReply.OpenedStageResult(
                "stages/no.usda", Result.ERROR, "There is no such file."),
            new ViewerReply.LoadingStateResponse(LoadingState.IDLE, "stages/kitchen.usda"),
            new ViewerReply.GetChildrenResponse(
                "/", List.of(new Child("World", "/World", true), new Child("Sun", "/Sun", false))),
            new ViewerReply.ResetStageResponse(Result.SUCCESS, ""),
            new ViewerReply.UpdateProgressAmount(0.5),
            new ViewerReply.Warning(EndReason.IDLE_TIMEOUT, 30, 0),
            new ViewerReply.Warning(EndReason.MAX_DURATION, 60, 1800),
            new ViewerReply.Extended(1842),
            new ViewerReply.NotExtended("Sessions of this class cannot be extended."),
            new ViewerReply.NewerVersion("1.5.0"),
            new ViewerReply.Ended(EndReason.MAX_DURATION, "The session has had its hour."),
            new ViewerReply.StageStateChanged(
                StageState.RESTARTING, "The stage's process died; it is being restarted."),
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

  private static ViewerReply said(String type) throws BadMessageException {
    return new ViewerReply.Other(AppMessage.parse("{\"event_type\":\"" + type + "\"}"));
  }
}
