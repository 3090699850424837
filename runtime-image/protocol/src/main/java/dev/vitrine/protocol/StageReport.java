package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The stage that the runtime shows.
 *
 * @param error a sentence; null where all is well
 */
public record StageReport(String url, StageState state, @Nullable String error) {

  static StageReport read(Fields fields) throws BadMessageException {
    return new StageReport(
        fields.text("url", 4096),
        fields.oneOf("state", StageState.class),
        fields.optionalText("error", 4096));
  }
}
