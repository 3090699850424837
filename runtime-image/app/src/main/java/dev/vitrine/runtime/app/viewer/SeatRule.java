package dev.vitrine.runtime.app.viewer;

/** Who keeps the seat of a viewer that has left. */
public enum SeatRule {
  /** It stays the viewer's for the session's life: a pod never serves a second user. */
  KEPT,
  /** It is for whoever comes next: there is no session, as on one workstation. */
  FREED
}
