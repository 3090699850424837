package dev.vitrine.operator.placement;

/** Where a session's request for a pod stands. */
public sealed interface Placement {

  /** Nobody asked for it, or it has its pod. */
  record None() implements Placement {}

  /** It is being decided on, or carried out. */
  record InHand() implements Placement {}

  /**
   * It stands in line.
   *
   * @param place 1 for the next one
   * @param message for what it waits
   */
  record InLine(int place, String message) implements Placement {}

  /** The API server does not take its pod, and will not. */
  record Refused(String words) implements Placement {}
}
