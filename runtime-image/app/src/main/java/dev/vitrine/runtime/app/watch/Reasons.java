package dev.vitrine.runtime.app.watch;

/** Why something failed, where Java's own exceptions often say nothing. */
final class Reasons {

  private Reasons() {}

  /** The failure's message; without one, its kind: {@code ConnectException}. */
  static String of(Throwable failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
