package dev.vitrine.protocol;

import java.util.List;

/**
 * What a page may ask of the viewer: the USD viewer's vocabulary, and our own {@code vitrine.…}.
 */
public sealed interface ViewerRequest {

  /**
   * Show another stage.
   *
   * @param url the stage, relative to the assets or absolute; empty for a new stage
   */
  record OpenStageRequest(String url) implements ViewerRequest {}

  /** Sent every few seconds until first answered, as proof of life. */
  record LoadingStateQuery() implements ViewerRequest {}

  /**
   * List the prims right below one.
   *
   * @param filters kinds of prim to list, such as {@code USDGeom} or {@code mesh}; empty for all
   */
  record GetChildrenRequest(String primPath, List<String> filters) implements ViewerRequest {}

  /** The camera goes back to where it was. */
  record ResetStage() implements ViewerRequest {}

  /** The page goes away. */
  record Goodbye() implements ViewerRequest {}

  /** The page shows its first decoded picture: only the page knows when. */
  record FirstFrame() implements ViewerRequest {}

  /** The viewer was warned that the session's longest duration is near, and would like to stay. */
  record Extend() implements ViewerRequest {}

  /**
   * The page does not wait for a reply any more.
   *
   * @param id of the request
   */
  record Cancel(String id) implements ViewerRequest {}

  /** Not for the viewer: an extension's message, or one that a later version knows. */
  record Other(AppMessage message) implements ViewerRequest {}

  /** What the message asks for. */
  static ViewerRequest of(AppMessage message) throws BadMessageException {
    var fields = message.fields();
    return switch (message.eventType()) {
      case "openStageRequest" -> new OpenStageRequest(fields.text("url", 4096));
      case "loadingStateQuery" -> new LoadingStateQuery();
      case "getChildrenRequest" ->
          new GetChildrenRequest(fields.text("prim_path", 4096), fields.texts("filters", 16, 64));
      case "resetStage" -> new ResetStage();
      case "vitrine.goodbye" -> new Goodbye();
      case "vitrine.firstFrame" -> new FirstFrame();
      case "vitrine.extend" -> new Extend();
      case "vitrine.cancel" -> new Cancel(fields.text("id", AppMessage.MAX_ID_CHARS));
      default -> new Other(message);
    };
  }
}
