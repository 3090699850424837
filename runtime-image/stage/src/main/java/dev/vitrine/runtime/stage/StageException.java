package dev.vitrine.runtime.stage;

/** A stage could not be used; the message is a sentence for the person who asked for it. */
public final class StageException extends Exception {

  public StageException(String sentence) {
    super(sentence);
  }
}
