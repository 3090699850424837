package dev.vitrine.protocol;

/** One setting of how the picture is rendered, and its new value. */
public sealed interface RenderSetting {

  /**
   * What is seen where nothing is.
   *
   * @param red 0 to 1, as in CSS divided by 255; so the others
   */
  record Background(double red, double green, double blue) implements RenderSetting {}

  /**
   * How bright the lights are.
   *
   * @param stops -10 to 10; each more doubles them
   */
  record Exposure(double stops) implements RenderSetting {}

  /**
   * Whether lights that follow the camera shine in place of the stage's own.
   *
   * @param on a stage without lights has them in any case
   */
  record Headlight(boolean on) implements RenderSetting {}

  /** Reads the fields {@code name} and {@code value}. */
  static RenderSetting read(Fields fields) throws BadMessageException {
    return switch (fields.text("name", 64)) {
      case "background" -> {
        var color = fields.numbers("value", 3, 0, 1);
        yield new Background(color[0], color[1], color[2]);
      }
      case "exposure" -> new Exposure(fields.number("value", -10, 10));
      case "headlight" -> new Headlight(fields.truth("value"));
      default -> throw fields.bad("name", "must be one of background, exposure, headlight");
    };
  }
}
