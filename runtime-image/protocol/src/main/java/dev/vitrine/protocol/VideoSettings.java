package dev.vitrine.protocol;

/**
 * The picture that is sent.
 *
 * @param width in pixels, even, 16 to 7680
 * @param height in pixels, even, 16 to 4320
 * @param fps pictures per second, 1 to 240
 * @param kbps the most that may be sent, in kilobits per second, 100 to 200 000
 */
public record VideoSettings(int width, int height, int fps, int kbps) {

  /** Reads the environment's {@code VITRINE_VIDEO}. */
  public static VideoSettings parse(String text) throws BadMessageException {
    var fields = Json.object("video settings", text, 4096);
    return new VideoSettings(
        even(fields, "width", 7680),
        even(fields, "height", 4320),
        fields.smallInteger("fps", 1, 240),
        fields.smallInteger("kbps", 100, 200_000));
  }

  /** These settings as {@link #parse} reads them. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }

  /** The encoders halve the colour's resolution in both directions. */
  private static int even(Fields fields, String name, int max) throws BadMessageException {
    var pixels = fields.smallInteger(name, 16, max);
    if (pixels % 2 != 0) {
      throw fields.bad(name, "must be even");
    }
    return pixels;
  }
}
