package dev.vitrine.api.v1alpha1;

/** Reasons of an app's condition {@code WarmPoolFull}. */
public enum WarmReason {
  /** True: the app wants no idle pods now. */
  NoneWanted,
  /** True: all that are wanted are ready. */
  Full,
  /** False: some are being started, or a quota is full. */
  Filling,
  /** False: sessions stand in line before a class, and come first. */
  SessionsFirst,
  /** False: no node has room for more. */
  NoRoom,
  /** False: they end by themselves; the message has the container's words. */
  Crashing,
  /** False: they do not get ready in time; the message has the container's or kubelet's words. */
  NotStarting
}
