package dev.vitrine.protocol;

/** A signed document is not to be trusted; the message says why and holds nothing secret. */
public final class BadTokenException extends Exception {

  private final String sentence;

  public BadTokenException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  BadTokenException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
