package dev.vitrine.api.v1alpha1;

/** Reasons of an app's condition {@code Ready}. */
public enum AppReason {
  /** True: sessions can be started. */
  Accepted,
  /** False: a class in {@code spec.classes} does not exist. */
  ClassNotFound,
  /** False: a class in {@code spec.classes} is not open to the app's namespace. */
  ClassNotAllowed,
  /** False: {@code spec.podPatch} asks for what no app may have. */
  PodPatchForbidden,
  /** False: a parameter's declaration contradicts itself. */
  ParameterInvalid,
  /** False: a schedule of {@code spec.warm} cannot be. */
  ScheduleInvalid,
  /** False: {@code spec.rollout.verification} gives parameters that the app would reject. */
  VerificationInvalid,
  /** Unknown: its first revision is being verified. */
  Verifying,
  /** False: its only revision failed its verification, or its rollout; the message says how. */
  VerificationFailed,
  /** False: the API server refuses the pod that the app would get. */
  PodRejected,
  /** The cluster got in the way; the controller tries again. True if it was True, else Unknown. */
  ReconcileFailed
}
