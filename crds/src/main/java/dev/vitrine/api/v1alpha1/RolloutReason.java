package dev.vitrine.api.v1alpha1;

/** Reasons of an app's condition {@code RolloutComplete}. */
public enum RolloutReason {
  /** True: all new sessions get what the app says now. */
  RolledOut,
  /** Unknown: the new revision is being verified. */
  Verifying,
  /** Unknown: the verification waits for a pod. */
  WaitingForCapacity,
  /** Unknown: a share of the new sessions gets it, and the share grows. */
  Progressing,
  /** Unknown: {@code spec.rollout.state} is {@code Paused}. */
  Paused,
  /** False: the new revision failed its verification; the message says how. */
  VerificationFailed,
  /** False: too many sessions of the new revision failed, and the old one has them all again. */
  RolledBack,
  /** False: the app as it is now is refused; the message says why. What served before serves on. */
  NotAccepted
}
