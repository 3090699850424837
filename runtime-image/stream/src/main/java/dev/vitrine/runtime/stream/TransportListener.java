package dev.vitrine.runtime.stream;

import dev.vitrine.protocol.SignalMessage;

/**
 * What a transport reports. One thread calls, one call at a time, and an implementation returns
 * soon; it may call the transport, {@link Transport#close} included.
 */
public interface TransportListener {

  /** A candidate found after the answer, for the browser. */
  void onCandidate(SignalMessage.Candidate candidate);

  /** Pictures flow; called again when a lost connection came back. */
  void onConnected(VideoCodec codec);

  /** Nothing arrives from the browser any more; it may come back, or be closed later. */
  void onDisconnected();

  /**
   * The connection has ended for good, other than by {@link Transport#close}.
   *
   * @param sentence why
   */
  void onClosed(String sentence);

  /** A text on the data channel {@code messages}. */
  void onMessage(String text);

  /** A text on the data channel {@code input}. */
  void onInput(String text);

  /** About once a second while connected. */
  void onStats(TransportStats stats);
}
