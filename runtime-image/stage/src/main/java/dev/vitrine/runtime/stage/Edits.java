package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what a request has edited, whoever has asked for it: the listener shows it, and a next
 * process opens the stage with it. All methods belong to the worker thread.
 */
final class Edits {

  private static final Logger LOG = LoggerFactory.getLogger(Edits.class);

  private final StageListener listener;
  private final Remembered remembered;
  private boolean toldTooLarge; // in this process

  Edits(StageListener listener, Remembered remembered) {
    this.listener = listener;
    this.remembered = remembered;
  }

  /** Another process runs from now on. */
  void begin() {
    toldTooLarge = false;
  }

  /** Shows what a reply says was edited; whether anything was. */
  boolean take(PythonProcess python, JsonNode reply) throws ProcessLostException {
    var edited = edited(python, reply);
    edited.ifPresent(listener::stageEdited);
    return edited.isPresent();
  }

  /** The stage as a reply has it, if it has one; the session's edits in it are remembered. */
  Optional<OpenedStage> edited(PythonProcess python, JsonNode reply) throws ProcessLostException {
    var before = remembered.session();
    if (before == null || !reply.has("segment")) {
      return Optional.empty();
    }
    var stage = SegmentFile.open(before.url(), reply, python.folder());
    if (reply.path("edits").isTextual()) {
      remembered.remember(new Session(before.url(), reply.path("edits").asText()));
    } else if (!toldTooLarge) {
      toldTooLarge = true;
      LOG.warn("The session's edits are too large to outlast a loss of the stage process");
    }
    return Optional.of(stage);
  }
}
