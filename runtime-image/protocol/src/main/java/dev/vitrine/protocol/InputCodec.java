package dev.vitrine.protocol;

/** Input events to and from JSON. */
final class InputCodec {

  private static final int MAX_BUTTON = 2;
  private static final int ALL_BUTTONS = 31;
  private static final int ALL_MODS =
      InputEvent.SHIFT | InputEvent.CTRL | InputEvent.ALT | InputEvent.META;

  /** More than any wheel turns between two frames. */
  private static final double MAX_WHEEL_PIXELS = 10_000;

  private InputCodec() {}

  static InputEvent parse(String text) throws BadMessageException {
    var fields = Json.object("input event", text, InputEvent.MAX_BYTES);
    return switch (fields.text("t", 16)) {
      case "pointer" ->
          new InputEvent.Pointer(
              fields.oneOf("kind", InputEvent.PointerKind.class),
              fraction(fields, "x"),
              fraction(fields, "y"),
              fields.smallInteger("button", 0, MAX_BUTTON, 0),
              fields.smallInteger("buttons", 0, ALL_BUTTONS, 0),
              mods(fields));
      case "wheel" ->
          new InputEvent.Wheel(
              wheelPixels(fields, "dx"),
              wheelPixels(fields, "dy"),
              fraction(fields, "x"),
              fraction(fields, "y"),
              mods(fields));
      case "key" ->
          new InputEvent.Key(
              fields.oneOf("kind", InputEvent.KeyKind.class),
              fields.text("code", 32),
              mods(fields));
      case "blur" -> new InputEvent.Blur();
      default -> throw fields.bad("t", "must be one of pointer, wheel, key, blur");
    };
  }

  static String write(InputEvent event) {
    var json = Json.newObject();
    json.put("t", type(event));
    json.setAll(Json.tree(event));
    return Json.text(json);
  }

  private static String type(InputEvent event) {
    return switch (event) {
      case InputEvent.Pointer _ -> "pointer";
      case InputEvent.Wheel _ -> "wheel";
      case InputEvent.Key _ -> "key";
      case InputEvent.Blur _ -> "blur";
    };
  }

  private static double fraction(Fields fields, String name) throws BadMessageException {
    return fields.clamped(name, 0, 1);
  }

  private static double wheelPixels(Fields fields, String name) throws BadMessageException {
    return fields.clamped(name, -MAX_WHEEL_PIXELS, MAX_WHEEL_PIXELS);
  }

  private static int mods(Fields fields) throws BadMessageException {
    return fields.smallInteger("mods", 0, ALL_MODS, 0);
  }
}
