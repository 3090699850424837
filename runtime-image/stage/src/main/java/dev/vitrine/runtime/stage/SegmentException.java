package dev.vitrine.runtime.stage;

/** A segment file contradicts its format. */
final class SegmentException extends Exception {

  SegmentException(String sentence) {
    super(sentence);
  }

  SegmentException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
