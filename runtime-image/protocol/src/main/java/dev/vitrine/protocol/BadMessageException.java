package dev.vitrine.protocol;

/** Something received cannot be read; the message is a sentence for whoever sent it. */
public final class BadMessageException extends Exception {

  private final String sentence;

  public BadMessageException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  BadMessageException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
