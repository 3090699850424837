package dev.vitrine.runtime.stage;

/** The Python process can no longer be talked to and must be replaced; the message says why. */
final class ProcessLostException extends Exception {

  ProcessLostException(String sentence) {
    super(sentence);
  }

  ProcessLostException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
