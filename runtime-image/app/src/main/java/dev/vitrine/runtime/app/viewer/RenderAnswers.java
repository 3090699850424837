package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.RenderSetting;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.RenderSettings;
import dev.vitrine.protocol.ViewerRequest.GetRenderSettingsRequest;
import dev.vitrine.protocol.ViewerRequest.RenderRequest;
import dev.vitrine.protocol.ViewerRequest.SetRenderSettingRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.engine.Look;
import dev.vitrine.runtime.engine.Renderer;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers what the page asks of how the picture is rendered. */
final class RenderAnswers {

  private final RenderLoop render;

  RenderAnswers(RenderLoop render) {
    this.render = render;
  }

  /**
   * Answers one request, sooner or later.
   *
   * @param replies takes the replies, on any thread
   */
  void answer(RenderRequest request, Consumer<ViewerReply> replies) {
    switch (request) {
      case GetRenderSettingsRequest() ->
          answer(
              "getRenderSettingsRequest",
              render.with(Renderer::look),
              ViewerReply.GetRenderSettingsResponse::new,
              replies);
      case SetRenderSettingRequest(var setting) ->
          answer(
              "setRenderSettingRequest",
              render.with(renderer -> changed(renderer, setting)),
              ViewerReply.RenderSettingsChanged::new,
              replies);
    }
  }

  private static void answer(
      String type,
      CompletionStage<Look> question,
      Function<RenderSettings, ViewerReply> reply,
      Consumer<ViewerReply> replies) {
    question.whenComplete(
        (look, failed) ->
            replies.accept(
                failed == null
                    ? reply.apply(settings(look))
                    : new ViewerReply.ViewerError(type, Failures.sentence(failed))));
  }

  private static Look changed(Renderer renderer, RenderSetting setting) {
    var look = renderer.look();
    var changed =
        switch (setting) {
          case RenderSetting.Background(var red, var green, var blue) ->
              new Look(new Vec3(red, green, blue), look.exposure(), look.headlight());
          case RenderSetting.Exposure(var stops) ->
              new Look(look.background(), stops, look.headlight());
          case RenderSetting.Headlight(var on) -> new Look(look.background(), look.exposure(), on);
        };
    renderer.show(changed);
    return changed;
  }

  private static RenderSettings settings(Look look) {
    var color = look.background();
    return new RenderSettings(
        new RenderSetting.Background(color.x(), color.y(), color.z()),
        new RenderSetting.Exposure(look.exposure()),
        new RenderSetting.Headlight(look.headlight()));
  }
}
