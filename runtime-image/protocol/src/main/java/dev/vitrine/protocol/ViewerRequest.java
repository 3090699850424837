package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page may ask of the viewer: the USD viewer's vocabulary, and our own {@code vitrine.…}.
 */
public sealed interface ViewerRequest {

  /** The root, or names with one slash before each. */
  String PRIM_PATH = "/([^/]+(/[^/]+)*+)?";

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

  /** About a prim's properties and variants. */
  sealed interface PropertyRequest extends ViewerRequest {}

  /** List the properties of a prim. */
  record GetPropertiesRequest(String primPath) implements PropertyRequest {}

  /**
   * Set an attribute, for as long as the stage is open.
   *
   * @param name of the attribute, such as {@code xformOp:translate}
   * @param value as JSON has values of the attribute's type; not checked
   */
  record SetPropertyRequest(String primPath, String name, JsonNode value)
      implements PropertyRequest {}

  /** List the variant sets of a prim. */
  record GetVariantsRequest(String primPath) implements PropertyRequest {}

  /** Choose a variant, for as long as the stage is open. */
  record SetVariantRequest(String primPath, String variantSet, String variant)
      implements PropertyRequest {}

  /** About where the scene is looked at from. */
  sealed interface CameraRequest extends ViewerRequest {}

  /** List the stage's cameras. */
  record GetCamerasRequest() implements CameraRequest {}

  /**
   * Go to where a camera of the stage is.
   *
   * @param primPath the camera; empty for where the viewer was before
   */
  record SetCameraRequest(String primPath) implements CameraRequest {}

  /**
   * Show all of some prims, from the present direction.
   *
   * @param paths empty for the whole scene
   */
  record FitCameraRequest(List<String> paths) implements CameraRequest {}

  /**
   * Go to a place.
   *
   * @param fieldOfView vertical, in degrees; absent as it is
   */
  record SetCameraStateRequest(
      ViewerReply.Point position, ViewerReply.Point target, @Nullable Double fieldOfView)
      implements CameraRequest {}

  /** About how the picture is rendered. */
  sealed interface RenderRequest extends ViewerRequest {}

  /** Say the settings. */
  record GetRenderSettingsRequest() implements RenderRequest {}

  /** Change one setting. */
  record SetRenderSettingRequest(RenderSetting setting) implements RenderRequest {}

  /** About what the viewer selects and may pick. */
  sealed interface SelectionRequest extends ViewerRequest {}

  /**
   * Select these prims, and no others.
   *
   * @param paths absolute
   */
  record SelectPrimsRequest(List<String> paths) implements SelectionRequest {}

  /**
   * Let the viewer pick these prims, and no others.
   *
   * @param paths absolute
   */
  record MakePrimsPickable(List<String> paths) implements SelectionRequest {}

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
      case "getPropertiesRequest" -> new GetPropertiesRequest(fields.text("prim_path", 4096));
      case "setPropertyRequest" ->
          new SetPropertyRequest(
              fields.text("prim_path", 4096),
              fields.text("name", 1024),
              fields.json("value", "a value of the attribute's type"));
      case "getVariantsRequest" -> new GetVariantsRequest(fields.text("prim_path", 4096));
      case "setVariantRequest" ->
          new SetVariantRequest(
              fields.text("prim_path", 4096),
              fields.text("variant_set", 1024),
              fields.text("variant", 1024));
      case "getCamerasRequest" -> new GetCamerasRequest();
      case "setCameraRequest" -> new SetCameraRequest(fields.text("prim_path", 4096));
      case "fitCameraRequest" -> new FitCameraRequest(fields.texts("paths", 256, 4096));
      case "setCameraStateRequest" ->
          new SetCameraStateRequest(
              ViewerReply.Point.read(fields, "position"),
              ViewerReply.Point.read(fields, "target"),
              fields.has("field_of_view") ? fields.number("field_of_view", 1, 170) : null);
      case "getRenderSettingsRequest" -> new GetRenderSettingsRequest();
      case "setRenderSettingRequest" -> new SetRenderSettingRequest(RenderSetting.read(fields));
      case "selectPrimsRequest" -> new SelectPrimsRequest(primPaths(fields));
      case "makePrimsPickable" -> new MakePrimsPickable(primPaths(fields));
      case "resetStage" -> new ResetStage();
      case "vitrine.goodbye" -> new Goodbye();
      case "vitrine.firstFrame" -> new FirstFrame();
      case "vitrine.extend" -> new Extend();
      case "vitrine.cancel" -> new Cancel(fields.text("id", AppMessage.MAX_ID_CHARS));
      default -> new Other(message);
    };
  }

  /**
   * Reads absolute paths in the one form that each of them has: no slash too many in it or after
   * it.
   */
  private static List<String> primPaths(Fields fields) throws BadMessageException {
    var paths = fields.texts("paths", 1000, 4096);
    if (!paths.stream().allMatch(path -> path.matches(PRIM_PATH))) {
      throw fields.bad("paths", "must hold absolute paths of prims, such as /World/Cup");
    }
    return paths;
  }
}
