package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Why the gateway did not do what it was asked for: the body of any of its error responses.
 *
 * @param detail a sentence for whoever asked
 * @param reason why the session ended that was asked for, or reported of; null where it has not, or
 *     for a reason that this version does not know
 */
public record GatewayRefusal(String detail, @Nullable EndReason reason) {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_CHARS = 300;
  private static final int MAX_WORD_CHARS = 63;

  /** Reads a response's body. */
  public static GatewayRefusal parse(String text) throws BadMessageException {
    var fields = Json.object("gateway's refusal", text, MAX_BYTES);
    var reason = fields.optionalText("reason", MAX_WORD_CHARS);
    return new GatewayRefusal(
        fields.text("detail", MAX_BYTES),
        reason == null ? null : EndReason.of(reason).orElse(null));
  }

  /** This refusal as a response's body. */
  public String toJson() {
    return Json.text(Json.tree(this));
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
