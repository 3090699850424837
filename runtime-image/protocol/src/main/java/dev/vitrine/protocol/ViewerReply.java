package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * A property of a prim.
   *
   * @param type as USD names it, such as {@code color3f[]}; {@code rel} for a relationship
   * @param value as JSON has it, at the stage's first time; null where JSON cannot say it; the
   *     targets' paths of a relationship
   * @param truncated whether the value is only a part of the whole, or left out for its size
   * @param length of an array; absent for anything else
   * @param authored whether the stage says it; if not, the value is the schema's
   * @param animated whether it changes with time
   * @param custom whether it belongs to no schema
   * @param connected whether something else gives the value, such as a shader
   * @param writable whether {@link ViewerRequest.SetPropertyRequest} can set it
   * @param options the words it may be; empty for any
   */
  record Property(
      String name,
      String type,
      JsonNode value,
      boolean truncated,
      @Nullable Integer length,
      boolean authored,
      boolean animated,
      boolean custom,
      boolean connected,
      boolean writable,
      List<String> options) {}

  /**
   * A variant set of a prim.
   *
   * @param selection the chosen variant; empty for none
   * @param omitted how many more variants there are than a message has room for
   */
  record VariantSet(String name, List<String> variants, String selection, int omitted) {}

  /** A camera of the stage. */
  record StageCamera(String name, String path) {}

  /** A point of the scene, or a direction, in the stage's units. */
  record Point(double x, double y, double z) {

    private static final double FURTHEST = 1e12;

    static Point read(Fields fields, String name) throws BadMessageException {
      var numbers = fields.numbers(name, 3, -FURTHEST, FURTHEST);
      return new Point(numbers[0], numbers[1], numbers[2]);
    }
  }

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

  /**
   * The prims right below one.
   *
   * @param omitted how many more there are than a message has room for
   */
  record GetChildrenResponse(String primPath, List<Child> children, int omitted)
      implements ViewerReply {

    /** As many as one frame takes, for clients that know of no parts. */
    private static final int MOST_AT_ONCE = 1000;

    private GetChildrenResponse cut() {
      int over = children.size() - MOST_AT_ONCE;
      return over <= 0
          ? this
          : new GetChildrenResponse(primPath, children.subList(0, MOST_AT_ONCE), omitted + over);
    }
  }

  /**
   * The selection has changed, and not by the page's own request.
   *
   * @param prims all that are selected now, by their paths
   */
  record StageSelectionChanged(List<String> prims) implements ViewerReply {}

  record MakePrimsPickableResponse(Result result, String error) implements ViewerReply {}

  record ResetStageResponse(Result result, String error) implements ViewerReply {}

  /**
   * The properties of a prim.
   *
   * @param type the prim's, such as {@code Sphere}; empty where it has none
   * @param omitted how many more there are than a message has room for
   */
  record GetPropertiesResponse(String primPath, String type, List<Property> properties, int omitted)
      implements ViewerReply {}

  record GetVariantsResponse(String primPath, List<VariantSet> variantSets)
      implements ViewerReply {}

  record GetCamerasResponse(List<StageCamera> cameras) implements ViewerReply {}

  /**
   * Where the scene is looked at from now.
   *
   * @param up what is up in the picture, length 1
   * @param fieldOfView vertical, in degrees
   */
  record CameraStateChanged(Point position, Point target, Point up, double fieldOfView)
      implements ViewerReply {}

  /** The settings of the picture. */
  record RenderSettings(
      RenderSetting.Background background,
      RenderSetting.Exposure exposure,
      RenderSetting.Headlight headlight) {}

  record GetRenderSettingsResponse(RenderSettings settings) implements ViewerReply {}

  /** The answer to {@link ViewerRequest.SetRenderSettingRequest}. */
  record RenderSettingsChanged(RenderSettings settings) implements ViewerReply {}

  /**
   * How a request ended that has nothing else to tell.
   *
   * @param what was asked for
   * @param error a sentence; empty for success
   */
  record Outcome(Change what, Result result, String error) implements ViewerReply {}

  /** What ends in an {@link Outcome}. */
  enum Change {
    PROPERTY("setPropertyResponse"),
    VARIANT("setVariantResponse"),
    CAMERA("setCameraResponse"),
    CAMERA_FIT("fitCameraResponse"),
    CAMERA_STATE("setCameraStateResponse");

    private final String eventType;

    Change(String eventType) {
      this.eventType = eventType;
    }
  }

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

  /**
   * A part of a message that is too large for one frame.
   *
   * @param id of the request that the whole answers
   * @param index from 0
   * @param count of the parts
   * @param data what follows on the part before: a piece of the whole's text
   */
  record Chunk(String id, int index, int count, String data) implements ViewerReply {}

  /** Not the viewer's: what an extension says. */
  record Other(AppMessage message) implements ViewerReply {}

  /**
   * This reply in its envelope, with the request's id. What an extension says besides, while it
   * answers a request, is no reply to it: that is the {@code …Response} for a {@code …Request}.
   */
  default AppMessage toMessage(AppMessage request) {
    if (request.id() == null) {
      return this instanceof GetChildrenResponse all ? all.cut().toMessage() : toMessage();
    }
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
          case GetChildrenResponse(var path, var children, var omitted) -> {
            payload.put("prim_path", path);
            putChildren(payload, children);
            payload.put("omitted", omitted);
            yield "getChildrenResponse";
          }
          case StageSelectionChanged(var prims) -> {
            var array = payload.putArray("prims");
            prims.forEach(array::add);
            yield "stageSelectionChanged";
          }
          case MakePrimsPickableResponse(var result, var error) -> {
            putResult(payload, result, error);
            yield "makePrimsPickableResponse";
          }
          case ResetStageResponse(var result, var error) -> {
            putResult(payload, result, error);
            yield "resetStageResponse";
          }
          case GetPropertiesResponse(var path, var kind, var properties, var omitted) -> {
            payload.put("prim_path", path).put("type", kind);
            putAll(payload.putArray("properties"), properties);
            payload.put("omitted", omitted);
            yield "getPropertiesResponse";
          }
          case GetVariantsResponse(var path, var sets) -> {
            payload.put("prim_path", path);
            putAll(payload.putArray("variant_sets"), sets);
            yield "getVariantsResponse";
          }
          case GetCamerasResponse(var cameras) -> {
            putAll(payload.putArray("cameras"), cameras);
            yield "getCamerasResponse";
          }
          case CameraStateChanged(var position, var target, var up, var fieldOfView) -> {
            putPoint(payload.putArray("position"), position);
            putPoint(payload.putArray("target"), target);
            putPoint(payload.putArray("up"), up);
            payload.put("field_of_view", fieldOfView);
            yield "cameraStateChanged";
          }
          case GetRenderSettingsResponse(var settings) -> {
            putSettings(payload.putObject("settings"), settings);
            yield "getRenderSettingsResponse";
          }
          case RenderSettingsChanged(var settings) -> {
            putSettings(payload.putObject("settings"), settings);
            yield "renderSettingsChanged";
          }
          case Outcome(var what, var result, var error) -> {
            putResult(payload, result, error);
            yield what.eventType;
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
          case Chunk(var id, var index, var count, var data) -> {
            payload.put("id", id).put("index", index).put("count", count).put("data", data);
            yield "vitrine.chunk";
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

  private static void putAll(ArrayNode array, List<?> records) {
    records.forEach(each -> array.add(Json.tree(each)));
  }

  private static void putPoint(ArrayNode array, Point point) {
    array.add(point.x()).add(point.y()).add(point.z());
  }

  private static void putSettings(ObjectNode json, RenderSettings settings) {
    var color = settings.background();
    json.putArray("background").add(color.red()).add(color.green()).add(color.blue());
    json.put("exposure", settings.exposure().stops());
    json.put("headlight", settings.headlight().on());
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
