package dev.vitrine.protocol;

/** The process that composes the stage, as the viewer sees it. */
public enum StageState implements LowerCaseWord {
  STARTING,
  READY,
  /** It died and is being brought back with the session's edits. */
  RESTARTING,
  /** It stays down, or the stage cannot be opened. */
  FAILED
}
