package dev.vitrine.runtime.stream;

/** The browser's offer is to blame: the same one fails again. */
public final class BadOfferException extends TransportException {

  public BadOfferException(String sentence) {
    super(sentence);
  }
}
