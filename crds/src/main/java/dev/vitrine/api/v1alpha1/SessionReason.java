package dev.vitrine.api.v1alpha1;

/** Reasons of a session's conditions: the one word of where it stands. */
public enum SessionReason {
  /** Its app is not ready, and may become so. */
  AppNotReady,
  /** It waits in line for a pod; the message says for what. */
  Queued,
  /** Its pod is being made or started. */
  Starting,
  /** No node has room for its pod; the message has the scheduler's words. */
  Unschedulable,
  /** Its pod's image cannot be pulled so far. */
  ImageNotPulled,
  /** Its pod runs and could not be told of the session so far. */
  Assigning,
  /** It can be joined; nobody is connected. */
  Waiting,
  /** Its viewer is connected. */
  Connected,
  /** Its viewer was lost and may come back. */
  Disconnected,
  /** It ends soon: its node is cordoned, its app was deleted, or its pod was told to stop. */
  Draining,
  /** It ends soon, for a session of higher priority that finds no room. */
  MakingRoom,
  /** The app allows it. */
  Accepted,
  /** A pod has accepted it. */
  Assigned,
  /** It is over; the condition {@code Ended} says why. */
  Ended,
  /** The cluster got in the way; the controller tries again. */
  ReconcileFailed
}
