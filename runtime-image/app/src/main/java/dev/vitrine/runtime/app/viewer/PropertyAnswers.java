package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Change;
import dev.vitrine.protocol.ViewerReply.Property;
import dev.vitrine.protocol.ViewerReply.Result;
import dev.vitrine.protocol.ViewerReply.VariantSet;
import dev.vitrine.protocol.ViewerRequest.GetPropertiesRequest;
import dev.vitrine.protocol.ViewerRequest.GetVariantsRequest;
import dev.vitrine.protocol.ViewerRequest.PropertyRequest;
import dev.vitrine.protocol.ViewerRequest.SetPropertyRequest;
import dev.vitrine.protocol.ViewerRequest.SetVariantRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.stage.StageHost;
import dev.vitrine.runtime.stage.StageProperties;
import dev.vitrine.runtime.stage.StageProperty;
import dev.vitrine.runtime.stage.StageVariantSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers what the page asks of prims' properties and variants. */
final class PropertyAnswers {

  private final StageHost stage;

  PropertyAnswers(StageHost stage) {
    this.stage = stage;
  }

  /**
   * Answers one request, sooner or later.
   *
   * @param replies takes the replies, on any thread
   */
  void answer(PropertyRequest request, Consumer<ViewerReply> replies) {
    switch (request) {
      case GetPropertiesRequest(var path) ->
          answer(
              "getPropertiesRequest",
              stage.properties(path),
              found -> properties(path, found),
              replies);
      case GetVariantsRequest(var path) ->
          answer(
              "getVariantsRequest", stage.variants(path), found -> variants(path, found), replies);
      case SetPropertyRequest(var path, var name, var value) ->
          tellEnd(Change.PROPERTY, stage.setProperty(path, name, value), replies);
      case SetVariantRequest(var path, var set, var variant) ->
          tellEnd(Change.VARIANT, stage.setVariant(path, set, variant), replies);
    }
  }

  private static <T> void answer(
      String type,
      CompletionStage<T> question,
      Function<T, ViewerReply> reply,
      Consumer<ViewerReply> replies) {
    question.whenComplete(
        (found, failed) ->
            replies.accept(
                failed == null
                    ? reply.apply(found)
                    : new ViewerReply.ViewerError(type, Failures.sentence(failed))));
  }

  private static void tellEnd(
      Change change, CompletionStage<Boolean> edit, Consumer<ViewerReply> replies) {
    edit.whenComplete(
        (edited, failed) ->
            replies.accept(
                failed == null
                    ? new ViewerReply.Outcome(change, Result.SUCCESS, "")
                    : new ViewerReply.Outcome(change, Result.ERROR, Failures.sentence(failed))));
  }

  private static ViewerReply properties(String path, StageProperties found) {
    var told = found.properties().stream().map(PropertyAnswers::property).toList();
    return new ViewerReply.GetPropertiesResponse(path, found.type(), told, found.omitted());
  }

  private static Property property(StageProperty found) {
    @Nullable Integer length = found.length().isPresent() ? found.length().getAsInt() : null;
    return new Property(
        found.name(),
        found.type(),
        found.value(),
        found.truncated(),
        length,
        found.authored(),
        found.animated(),
        found.custom(),
        found.connected(),
        found.writable(),
        found.options());
  }

  private static ViewerReply variants(String path, List<StageVariantSet> found) {
    var told =
        found.stream()
            .map(set -> new VariantSet(set.name(), set.variants(), set.selection(), set.omitted()))
            .toList();
    return new ViewerReply.GetVariantsResponse(path, told);
  }
}
