package dev.vitrine.runtime.app.failure;

import java.util.concurrent.CompletionException;

/** What failed behind a completion stage, which wraps it or not. */
public final class Failures {

  private Failures() {}

  /** What went wrong itself. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What went wrong, for the viewer. */
  public static String sentence(Throwable failure) {
    return String.valueOf(cause(failure).getMessage());
  }
}
