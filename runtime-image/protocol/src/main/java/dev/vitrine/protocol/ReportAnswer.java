package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway answers to a report that it accepted: {@code {}} while there is nothing to say.
 *
 * @param newerVersion what new sessions get in the place of the version that this one runs, as the
 *     REST API calls it; absent while there is none
 * @param stopping why the pod is told to stop; absent unless it is, for another reason than that
 *     somebody stops pods
 */
public record ReportAnswer(@Nullable String newerVersion, @Nullable EndReason stopping) {

  private static final int MAX_BYTES = 4 * 1024;
  private static final int MAX_VERSION_CHARS = 253;
  private static final int MAX_WORD_CHARS = 63;

  /** Reads an answer's body; an empty one, of a gateway that says nothing, is an empty answer. */
  public static ReportAnswer parse(String text) throws BadMessageException {
    if (text.isEmpty()) {
      return new ReportAnswer(null, null);
    }
    var fields = Json.object("report answer", text, MAX_BYTES);
    var stopping = fields.optionalText("stopping", MAX_WORD_CHARS);
    return new ReportAnswer(
        fields.optionalText("newerVersion", MAX_VERSION_CHARS),
        stopping == null ? null : EndReason.of(stopping).orElse(null)); // a newer gateway's word
  }

  /** This answer as a body. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
