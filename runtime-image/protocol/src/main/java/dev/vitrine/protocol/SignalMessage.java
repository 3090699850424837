package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/** A text frame of the signalling socket: offer and answer as in RFC 8829, and how it ends. */
public sealed interface SignalMessage {

  /** The most that a frame may hold, in bytes of UTF-8. */
  int MAX_BYTES = 64 * 1024;

  /** What a browser sends. */
  sealed interface FromBrowser extends SignalMessage {}

  /** What a runtime sends. */
  sealed interface FromRuntime extends SignalMessage {}

  /**
   * The browser's session description.
   *
   * @param resume the secret of an earlier answer, which lets its holder replace its own connection
   */
  record Offer(String sdp, @Nullable String resume) implements FromBrowser {
    @Override
    public String toString() {
      return "Offer[%d chars%s]".formatted(sdp.length(), resume == null ? "" : ", resume");
    }
  }

  /**
   * The runtime's session description.
   *
   * @param resume the secret to keep for a later offer
   */
  record Answer(String sdp, String resume) implements FromRuntime {
    @Override
    public String toString() {
      return "Answer[%d chars]".formatted(sdp.length());
    }
  }

  /**
   * A candidate of RFC 8838, field by field as {@code RTCIceCandidateInit}.
   *
   * @param candidate null or empty: there are no more
   */
  record Candidate(
      @Nullable String candidate, @Nullable String sdpMid, @Nullable Integer sdpMLineIndex)
      implements FromBrowser, FromRuntime {}

  /** The page goes away. */
  record Goodbye() implements FromBrowser {}

  /**
   * The end, in good order.
   *
   * @param reason {@link #REPLACED} or the word of an {@link EndReason}
   * @param message a sentence for the viewer
   */
  record Bye(String reason, String message) implements FromRuntime {

    /** The viewer's own newer connection took over. */
    public static final String REPLACED = "Replaced";

    public static Bye ended(EndReason reason, String message) {
      return new Bye(reason.word(), message);
    }

    public static Bye replaced(String message) {
      return new Bye(REPLACED, message);
    }
  }

  /** What went wrong; the socket is closed with the same code right after. */
  record Failure(SignalCloseCode code, String message) implements FromRuntime {}

  /** Reads what a browser sent. */
  static FromBrowser fromBrowser(String text) throws BadMessageException {
    return SignalCodec.fromBrowser(text);
  }

  /** Reads what a runtime sent. */
  static FromRuntime fromRuntime(String text) throws BadMessageException {
    return SignalCodec.fromRuntime(text);
  }

  /** This message as the text of a frame. */
  default String toJson() {
    return SignalCodec.write(this);
  }
}
