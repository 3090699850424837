package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Child;
import dev.vitrine.protocol.ViewerReply.LoadingState;
import dev.vitrine.protocol.ViewerReply.Result;
import dev.vitrine.protocol.ViewerRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.app.stage.StageHost;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the page asks on the data channel {@code messages}. */
public final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** Who carries out what the page asks for. */
  public record Partner(
      StageHost stage, Cameraman cameraman, RenderLoop render, SelectionHost selection) {}

  private final StageHost stage;
  private final Cameraman cameraman;
  private final PropertyAnswers properties;
  private final CameraAnswers cameras;
  private final RenderAnswers rendering;
  private final SelectionAnswers selection;
  private final Map<String, Future<?>> cancellable = new ConcurrentHashMap<>();

  Conversation(Partner partner) {
    this.stage = partner.stage();
    this.cameraman = partner.cameraman();
    this.properties = new PropertyAnswers(partner.stage());
    this.cameras = new CameraAnswers(partner.cameraman(), partner.render());
    this.rendering = new RenderAnswers(partner.render());
    this.selection = new SelectionAnswers(partner.selection());
  }

  /**
   * Answers one request, sooner or later.
   *
   * @param replies takes the replies, on any thread
   */
  void receive(ViewerRequest request, Consumer<ViewerReply> replies) {
    switch (request) {
      case ViewerRequest.LoadingStateQuery() -> replies.accept(loadingState());
      case ViewerRequest.OpenStageRequest(var url) -> open(url, replies);
      case ViewerRequest.GetChildrenRequest(var path, var filters) ->
          listChildren(path, filters, replies);
      case ViewerRequest.PropertyRequest asked -> properties.answer(asked, replies);
      case ViewerRequest.CameraRequest asked -> cameras.answer(asked, replies);
      case ViewerRequest.RenderRequest asked -> rendering.answer(asked, replies);
      case ViewerRequest.SelectionRequest asked -> selection.answer(asked, replies);
      case ViewerRequest.ResetStage() -> {
        cameraman.reset();
        replies.accept(new ViewerReply.ResetStageResponse(Result.SUCCESS, ""));
      }
      case ViewerRequest.Other(var message) -> handle(message, replies);
      case ViewerRequest.Cancel(var id) -> cancel(id);
      case ViewerRequest.Goodbye(), ViewerRequest.FirstFrame(), ViewerRequest.Extend() -> {
        // the connection's own affair
      }
    }
  }

  private ViewerReply loadingState() {
    var now = stage.report();
    var busy = now.state() == StageState.STARTING || now.state() == StageState.RESTARTING;
    return new ViewerReply.LoadingStateResponse(
        busy ? LoadingState.BUSY : LoadingState.IDLE, now.url());
  }

  private void handle(AppMessage message, Consumer<ViewerReply> replies) {
    var handling = stage.handle(message, replies);
    var id = message.id();
    if (id != null) {
      cancellable.put(id, handling);
      var unused = handling.whenComplete((done, failed) -> cancellable.remove(id, handling));
    }
  }

  private void cancel(String id) {
    var handling = cancellable.get(id);
    if (handling != null) {
      handling.cancel(false);
    }
  }

  private void open(String url, Consumer<ViewerReply> replies) {
    var now = stage.report();
    if (now.url().equals(url) && now.state() == StageState.READY) {
      replies.accept(new ViewerReply.OpenedStageResult(url, Result.SUCCESS, ""));
      return;
    }
    stage
        .replace(url)
        .whenComplete(
            (done, failed) ->
                replies.accept(
                    failed == null
                        ? new ViewerReply.OpenedStageResult(url, Result.SUCCESS, "")
                        : new ViewerReply.OpenedStageResult(
                            url, Result.ERROR, Failures.sentence(failed))));
  }

  private void listChildren(String path, List<String> filters, Consumer<ViewerReply> replies) {
    stage
        .children(path, filters)
        .whenComplete(
            (found, failed) -> {
              if (failed != null) {
                LOG.debug("children of {}: {}", path, Failures.sentence(failed));
              }
              // The vocabulary has no error here: a prim that cannot be listed has no children.
              var children =
                  failed != null
                      ? List.<Child>of()
                      : found.children().stream()
                          .map(child -> new Child(child.name(), child.path(), child.hasChildren()))
                          .toList();
              int omitted = failed == null ? found.omitted() : 0;
              replies.accept(new ViewerReply.GetChildrenResponse(path, children, omitted));
            });
  }
}
