package dev.vitrine.api.v1alpha1;

/** Reasons of a revision's condition {@code Verified}. */
public enum RevisionReason {
  /** True: the app asks for no verification. */
  NotAsked,
  /** True: a pod of it accepted a session. */
  Ready,
  /** True: a viewer decoded a picture of it. */
  FrameDecoded,
  /** Unknown: it is being tried. */
  Verifying,
  /** Unknown: the trial waits for a pod. */
  WaitingForCapacity,
  /** Unknown: the app says something else by now; it is tried when the app says this again. */
  Superseded,
  /**
   * False: its session failed, could not be made, or came to no verdict three times; the message
   * has the last words.
   */
  SessionFailed,
  /** False: its session ran, and no viewer saw a picture. */
  NoFrame,
  /** False: it was not done in time. */
  TimedOut
}
