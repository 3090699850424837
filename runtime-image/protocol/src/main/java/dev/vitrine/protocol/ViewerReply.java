package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the viewer tells the page: the USD viewer's vocabulary, and our own {@code vitrine.…}. */
public sealed interface ViewerReply {

  /** Whether a stage is being loaded. */
  enum LoadingState implements LowerCaseWord {
    IDLE,
    BUSY
  }

  /** How a request ended. */
  enum Result implements LowerCaseWord {
    SUCCESS,
    ERROR
  }

  /** A child prim, whose own children are asked for when needed. */
  record Child(String name, String path, boolean hasChildren) {}

  /**
   * How opening a stage ended.
   *
   * @param error a sentence; empty for success
   */
  record OpenedStageResult(String url, Result result, String error) implements ViewerReply {}

  /**
   * Which stage there is, and whether it is complete.
   *
   * @param url the stage; empty for a new one
   */
  record LoadingStateResponse(LoadingState loadingState, String url) implements ViewerReply {}

  record GetChildrenResponse(String primPath, List<Child> children) implements ViewerReply {}

  record ResetStageResponse(Result result, String error) implements ViewerReply {}

  /**
   * How far loading has come.
   *
   * @param fraction of the stage that is loaded, 0 to 1
   */
  record UpdateProgressAmount(double fraction) implements ViewerReply {}

  /**
   * A request that could not be understood, or whose handler failed.
   *
   * @param eventType the request's; {@link AppMessage#EXTENSION} for a failure that none caused;
   *     empty where requests were not even read
   * @param message a sentence that names the field and the remedy, or the name and the text of a
   *     Python exception
   */
  record ViewerError(String eventType, String message) implements ViewerReply {}

  /**
   * The session will end unless something is done.
   *
   * @param extendableSeconds what {@link ViewerRequest.Extend} would add to it now; 0 for nothing
   */
  record Warning(EndReason reason, int secondsLeft, int extendableSeconds) implements ViewerReply {}

  /** What becomes of {@link ViewerRequest.Extend}. */
  sealed interface ExtensionReply extends ViewerReply {}

  /**
   * The session goes on.
   *
   * @param secondsLeft until its new end
   */
  record Extended(int secondsLeft) implements ExtensionReply {}

  /**
   * The session ends when it was to end.
   *
   * @param error a sentence that says why
   */
  record NotExtended(String error) implements ExtensionReply {}

  /**
   * New sessions get another version of the application than this one.
   *
   * @param version empty: they do not any more
   */
  record NewerVersion(String version) implements ViewerReply {}

  /** The session has ended. */
  record Ended(EndReason reason, String message) implements ViewerReply {}

  /** The process that composes the stage changed its state. */
  record StageStateChanged(StageState state, String message) implements ViewerReply {}

  /** Not the viewer's: what an extension says. */
  record Other(AppMessage message) implements ViewerReply {}

  /**
   * This reply in its envelope, with the request's id. What an extension says besides, while it
   * answers a request, is no reply to it: that is the {@code …Response} for a {@code …Request}.
   */
  default AppMessage toMessage(AppMessage request) {
    var message = toMessage();
    boolean besides =
        this instanceof Other
            && !message
                .eventType()
                .equals(request.eventType().replaceFirst("Request$", "") + "Response");
    return besides ? message : new AppMessage(message.eventType(), request.id(), message.payload());
  }

  /** This reply in its envelope. */
  default AppMessage toMessage() {
    var payload = Json.newObject();
    var type =
        switch (this) {
          case OpenedStageResult(var url, var result, var error) -> {
            payload.put("url", url);
            putResult(payload, result, error);
            yield "openedStageResult";
          }
          case LoadingStateResponse(var state, var url) -> {
            payload.put("loading_state", state.word()).put("url", url);
            yield "loadingStateResponse";
          }
          case GetChildrenResponse(var path, var children) -> {
            payload.put("prim_path", path);
            putChildren(payload, children);
            yield "getChildrenResponse";
          }
          case ResetStageResponse(var result, var error) -> {
            putResult(payload, result, error);
            yield "resetStageResponse";
          }
          case UpdateProgressAmount(var fraction) -> {
            payload.put("progress", fraction);
            yield "updateProgressAmount";
          }
          case ViewerError(var eventType, var message) -> {
            payload.put("event_type", eventType).put("message", message);
            yield "viewerError";
          }
          case Warning(var reason, var secondsLeft, var extendableSeconds) -> {
            payload
                .put("reason", reason.word())
                .put("secondsLeft", secondsLeft)
                .put("extendableSeconds", extendableSeconds);
            yield "vitrine.warning";
          }
          case Extended(var secondsLeft) -> {
            putResult(payload, Result.SUCCESS, "");
            payload.put("secondsLeft", secondsLeft);
            yield "vitrine.extended";
          }
          case NotExtended(var error) -> {
            putResult(payload, Result.ERROR, error);
            yield "vitrine.extended";
          }
          case NewerVersion(var version) -> {
            payload.put("version", version);
            yield "vitrine.newerVersion";
          }
          case Ended(var reason, var message) -> {
            payload.put("reason", reason.word()).put("message", message);
            yield "vitrine.ended";
          }
          case StageStateChanged(var state, var message) -> {
            payload.put("state", state.word()).put("message", message);
            yield "vitrine.stageState";
          }
          case Other(var message) -> {
            payload.setAll(message.payload());
            yield message.eventType();
          }
        };
    return new AppMessage(type, payload);
  }

  private static void putResult(ObjectNode payload, Result result, String error) {
    payload.put("result", result.word()).put("error", error);
  }

  private static void putChildren(ObjectNode payload, List<Child> children) {
    var array = payload.putArray("children");
    for (var child : children) {
      var json = array.addObject().put("name", child.name()).put("path", child.path());
      if (child.hasChildren()) {
        // Kit sends an empty dictionary here, and its clients take an array for the whole list.
        json.putObject("children");
      }
    }
  }
}
