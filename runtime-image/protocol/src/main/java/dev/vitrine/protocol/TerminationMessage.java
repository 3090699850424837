package dev.vitrine.protocol;

/**
 * A runtime's last word, in the file that Kubernetes reads as the container's termination message.
 */
public record TerminationMessage(EndReason reason, String message) {

  /** Kubernetes keeps 4096 bytes; the sentence is cut so that its JSON fits in any script. */
  private static final int MAX_BYTES = 4096;

  private static final int MAX_CHARS = 600;

  public TerminationMessage {
    message = message.length() > MAX_CHARS ? message.substring(0, MAX_CHARS) : message;
  }

  /** Reads the container's message. */
  public static TerminationMessage parse(String text) throws BadMessageException {
    var fields = Json.object("termination message", text, MAX_BYTES);
    return new TerminationMessage(
        fields.oneOf("reason", EndReason.class), fields.text("message", MAX_BYTES));
  }

  /** This message as one line of JSON. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
