package dev.vitrine.runtime.stage;

import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is open: enough to open it again in another process.
 *
 * @param url the stage's address
 * @param edits the text of the layer with the session's edits, if there are any
 */
record Session(String url, @Nullable String edits) {

  /**
   * Opens the stage with the edits.
   *
   * @param progress told how far that has come, 0 to 1
   */
  OpenedStage openIn(PythonProcess python, DoubleConsumer progress)
      throws StageException, ProcessLostException {
    var request = Json.object().put("op", "open").put("url", url);
    if (edits != null) {
      request.put("edits", edits);
    }
    return SegmentFile.open(url, python.ask(request, progress), python.folder());
  }

  /** Puts the edits on the stage, which is open already. */
  OpenedStage editIn(PythonProcess python) throws StageException, ProcessLostException {
    var request = Json.object().put("op", "edit").put("edits", edits);
    return SegmentFile.open(url, python.ask(request), python.folder());
  }
}
