package dev.vitrine.operator.placement;

import org.jspecify.annotations.Nullable;

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
  record InLine(int place, String message) implements Placement {

    /** The last place that a session's status tells of. */
    public static final int LAST_TOLD = 20;

    /** Whether a session's status says no more of it than of {@code before}. */
    boolean saysTheSame(@Nullable Placement before) {
      return before instanceof InLine(var placeBefore, var messageBefore)
          && messageBefore.equals(message)
          && (placeBefore == place || Math.min(placeBefore, place) > LAST_TOLD);
    }
  }

  /** The API server does not take its pod, and will not. */
  record Refused(String words) implements Placement {}
}
