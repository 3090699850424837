package dev.vitrine.runtime.stream;

/** A viewer cannot be connected; the message is a sentence with the remedy, fit for the viewer. */
public class TransportException extends Exception {

  public TransportException(String sentence) {
    super(sentence);
  }

  public TransportException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
