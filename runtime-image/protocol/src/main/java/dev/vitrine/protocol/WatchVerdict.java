package dev.vitrine.protocol;

/**
 * What came of watching a session without a browser: the last word of whoever watched, in the file
 * that Kubernetes reads as the container's termination message.
 */
public sealed interface WatchVerdict {

  /**
   * A whole picture was decoded that shows something.
   *
   * @param width in pixels
   * @param height in pixels
   * @param milliseconds from the beginning of the watch to the picture
   */
  record Decoded(int width, int height, long milliseconds) implements WatchVerdict {}

  /**
   * No such picture came in time.
   *
   * @param sentence the step that was not passed, and the last answer
   */
  record Failed(String sentence) implements WatchVerdict {

    public Failed {
      sentence = sentence.length() > MAX_CHARS ? sentence.substring(0, MAX_CHARS) : sentence;
    }
  }

  /** Kubernetes keeps 4096 bytes; the sentence is cut so that its JSON fits in any script. */
  int MAX_BYTES = 4096;

  int MAX_CHARS = 600;

  /** Reads the container's message. */
  static WatchVerdict parse(String text) throws BadMessageException {
    var fields = Json.object("watch verdict", text, MAX_BYTES);
    if (!fields.has("decoded")) {
      return new Failed(fields.text("failed", MAX_BYTES));
    }
    var decoded = fields.object("decoded");
    return new Decoded(
        decoded.smallInteger("width", 1, 65_535),
        decoded.smallInteger("height", 1, 65_535),
        decoded.integer("milliseconds", 0, Long.MAX_VALUE));
  }

  /** This verdict as one line of JSON. */
  default String toJson() {
    var json = Json.newObject();
    switch (this) {
      case Decoded decoded -> json.set("decoded", Json.tree(decoded));
      case Failed(var sentence) -> json.put("failed", sentence);
    }
    return Json.text(json);
  }
}
