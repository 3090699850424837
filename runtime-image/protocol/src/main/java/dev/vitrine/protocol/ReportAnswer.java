package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway answers to a report that it accepted: {@code {}} while there is nothing to say.
 *
 * @param newerVersion what new sessions get in the place of the version that this one runs, as the
 *     REST API calls it; absent while there is none
 */
public record ReportAnswer(@Nullable String newerVersion) {

  private static final int MAX_BYTES = 4 * 1024;
  private static final int MAX_VERSION_CHARS = 253;

  /** Reads an answer's body; an empty one, of a gateway that says nothing, is an empty answer. */
  public static ReportAnswer parse(String text) throws BadMessageException {
    return text.isEmpty()
        ? new ReportAnswer(null)
        : new ReportAnswer(
            Json.object("report answer", text, MAX_BYTES)
                .optionalText("newerVersion", MAX_VERSION_CHARS));
  }

  /** This answer as a body. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
