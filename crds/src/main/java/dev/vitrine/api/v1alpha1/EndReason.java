package dev.vitrine.api.v1alpha1;

/** Why a session ended: the reason of its condition {@code Ended}. */
public enum EndReason {
  /**
   * Its app does not allow it: no such app or class, an undeclared parameter. It was never
   * accepted, or had no pod yet when an edit took away what it asked for.
   */
  Rejected,
  /** The viewer closed the page and did not come back. */
  ClosedByViewer,
  /** Somebody deleted it through the REST API. */
  ClosedByApi,
  /** It waited in the queue for too long. */
  QueueTimeout,
  /** Its pod could not serve it within {@code startSeconds}. */
  StartTimeout,
  /** Nobody connected within {@code connectSeconds}. */
  ConnectTimeout,
  /** The lost viewer did not come back within {@code reconnectSeconds}. */
  ReconnectTimeout,
  /** The viewer did nothing for {@code idleSeconds}. */
  IdleTimeout,
  /** It lasted {@code maxSeconds}. */
  MaxDuration,
  /** The application ended by itself, in order. */
  AppExited,
  /** The application failed, or could not be started. */
  AppFailed,
  /** The GPU failed. */
  DeviceLost,
  /** The pod is gone, or its node. */
  PodLost,
  /**
   * Its pod was told to stop: its node is drained or shut down, or somebody deleted or evicted it.
   */
  NodeDrained,
  /** It made room for a session of higher priority. */
  Preempted,
  /** The app was deleted. */
  AppDeleted
}
