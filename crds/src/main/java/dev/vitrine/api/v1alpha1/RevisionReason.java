package dev.vitrine.api.v1alpha1;

/** Reasons of a revision's condition {@code Verified}. */
public enum RevisionReason {
  /** True: the app asks for no verification. */
  NotAsked
}
