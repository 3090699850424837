package dev.vitrine.api.v1alpha1;

/** Reasons of an app's condition {@code WarmPoolFull}. */
public enum WarmReason {
  /** True: the app wants no idle pods now. */
  NoneWanted,
  /** True: all that are wanted are ready. */
  Full,
  /** False: some are being started. */
  Filling,
  /** False: sessions wait for pods of the class, and come first. */
  SessionsFirst,
  /** False: no node, or no quota, has room for more. */
  NoRoom
}
