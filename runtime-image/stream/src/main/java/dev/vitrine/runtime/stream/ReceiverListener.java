package dev.vitrine.runtime.stream;

import dev.vitrine.protocol.SignalMessage;

/** What a receiver reports: one thread calls, one call at a time, and returns soon. */
public interface ReceiverListener {

  /** A candidate found after the offer, for the runtime. */
  void onCandidate(SignalMessage.Candidate candidate);

  /** The connection stands. */
  void onConnected();

  /** A picture was decoded; of those that come while this runs, only one is reported. */
  void onPicture(DecodedPicture picture);

  /** A text on the data channel {@code messages}. */
  void onMessage(String text);

  /**
   * The connection has ended for good, other than by {@link Receiver#close}.
   *
   * @param sentence why
   */
  void onClosed(String sentence);
}
