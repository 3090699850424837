package dev.vitrine.runtime.stage;

/** Is told what happens to the stage process, on its thread: return quickly. */
public interface StageListener {

  /** The process is now in this state. */
  void stateChanged(StageState state);

  /** A new process has the stage and the session's edits open again; the receiver closes it. */
  void stageReopened(OpenedStage stage);

  /**
   * The stage that was open could not be opened again after a restart; none is open now.
   *
   * @param message a sentence that says why
   */
  void stageLost(String url, String message);

  /** The stage was edited and now looks so; the receiver closes it. */
  void stageEdited(OpenedStage stage);

  /**
   * The extension says something to the page that no message has asked for.
   *
   * @param text of a message; not checked
   */
  void messageSent(String text);

  /**
   * The extension could not be loaded, or one of its handlers failed that no message had called.
   *
   * @param message a sentence, or the name and the text of a Python exception
   */
  void extensionFailed(String message);
}
