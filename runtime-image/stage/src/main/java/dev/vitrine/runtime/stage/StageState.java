package dev.vitrine.runtime.stage;

/** How the stage process is. */
public sealed interface StageState {

  /** It was started for the first time and does not answer yet. */
  record Starting() implements StageState {}

  /** It answers requests. */
  record Ready() implements StageState {}

  /**
   * It was lost and is being replaced; requests wait until it is ready again.
   *
   * @param message a sentence that says why
   */
  record Restarting(String message) implements StageState {}

  /**
   * It was given up; every request is refused.
   *
   * @param message a sentence that says why
   */
  record Failed(String message) implements StageState {}
}
