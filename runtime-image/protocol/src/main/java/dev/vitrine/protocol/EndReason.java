package dev.vitrine.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Why a session ended; the words of the condition {@code Ended} and of termination messages. */
public enum EndReason implements WireWord {
  /** Its app does not allow it: an unknown class, an undeclared parameter. */
  REJECTED,
  CLOSED_BY_VIEWER,
  CLOSED_BY_API,
  QUEUE_TIMEOUT,
  START_TIMEOUT,
  CONNECT_TIMEOUT,
  RECONNECT_TIMEOUT,
  IDLE_TIMEOUT,
  MAX_DURATION,
  APP_EXITED,
  APP_FAILED,
  DEVICE_LOST,
  POD_LOST,
  NODE_DRAINED,
  PREEMPTED,
  APP_DELETED;

  /** The constant of a word such as {@code IdleTimeout}; empty for an unknown one. */
  public static Optional<EndReason> of(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word().equals(word)).findFirst();
  }

  /** Whether a runtime that ends for this reason has done its work and exits with 0. */
  public boolean orderly() {
    return switch (this) {
      case CLOSED_BY_VIEWER,
          CLOSED_BY_API,
          CONNECT_TIMEOUT,
          RECONNECT_TIMEOUT,
          IDLE_TIMEOUT,
          MAX_DURATION,
          APP_EXITED,
          NODE_DRAINED,
          PREEMPTED,
          APP_DELETED ->
          true;
      case REJECTED, QUEUE_TIMEOUT, START_TIMEOUT, APP_FAILED, DEVICE_LOST, POD_LOST -> false;
    };
  }
}
