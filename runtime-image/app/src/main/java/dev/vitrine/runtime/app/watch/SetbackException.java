package dev.vitrine.runtime.app.watch;

/** A step of a watch was not passed; the message is a sentence that says which, and why. */
final class SetbackException extends Exception {

  private final boolean passing;

  private SetbackException(String sentence, boolean passing) {
    super(sentence);
    this.passing = passing;
  }

  /** What may be otherwise at the next attempt. */
  static SetbackException passing(String sentence) {
    return new SetbackException(sentence, true);
  }

  /** What no further attempt changes. */
  static SetbackException lasting(String sentence) {
    return new SetbackException(sentence, false);
  }

  boolean isPassing() {
    return passing;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
