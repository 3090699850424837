package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.StageState;
import java.util.Optional;

/** What a runtime's messages say of its stage. */
final class StageNews {

  private StageNews() {}

  /** The sentence of a stage that cannot be shown; empty for any other message. */
  static Optional<String> failureIn(String text) {
    try {
      var message = AppMessage.parse(text);
      var payload = message.payload();
      return message.eventType().equals("vitrine.stageState")
              && payload.path("state").asText().equals(StageState.FAILED.word())
          ? Optional.of(payload.path("message").asText())
          : Optional.empty();
    } catch (BadMessageException e) {
      return Optional.empty();
    }
  }
}
