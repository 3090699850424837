package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** Whether the reply says that the stage was edited. */
  boolean take(PythonProcess python, JsonNode reply) throws ProcessLostException {
    var before = remembered.session();
    if (before == null || !reply.has("segment")) {
      return false;
    }
    var stage = SegmentFile.open(before.url(), reply, python.folder());
    if (reply.path("edits").isTextual()) {
      remembered.remember(new Session(before.url(), reply.path("edits").asText()));
    } else if (!toldTooLarge) {
      toldTooLarge = true;
      LOG.warn("The session's edits are too large to outlast a loss of the stage process");
    }
    listener.stageEdited(stage);
    return true;
  }
}
