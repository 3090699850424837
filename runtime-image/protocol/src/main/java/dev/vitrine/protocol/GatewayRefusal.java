package dev.vitrine.protocol;

/**
 * Why the gateway did not do what it was asked for: the body of any of its error responses.
 *
 * @param detail a sentence for whoever asked
 */
public record GatewayRefusal(String detail) {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_CHARS = 300;

  /** Reads a response's body. */
  public static GatewayRefusal parse(String text) throws BadMessageException {
    return new GatewayRefusal(
        Json.object("gateway's refusal", text, MAX_BYTES).text("detail", MAX_BYTES));
  }

  /** The sentence in a response's body; the beginning of the body where somebody else answered. */
  public static String sentenceIn(String text) {
    try {
      return beginning(parse(text).detail());
    } catch (BadMessageException e) {
      return beginning(text.strip());
    }
  }

  private static String beginning(String text) {
    return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
  }
}
