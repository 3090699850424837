package dev.vitrine.runtime.stream;

import dev.vitrine.protocol.SignalMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The connection to one browser. All methods may be called by any thread, and none waits long. */
public interface Transport extends AutoCloseable {

  /**
   * Answers an offer (RFC 8829). A second offer of the same browser connection restarts ICE; a page
   * that was loaded anew has another connection and needs another transport.
   *
   * @return the answer, or a {@link TransportException} that says why there is none
   */
  CompletionStage<String> answer(String offerSdp);

  /** A candidate that the browser found after its offer. */
  void addCandidate(SignalMessage.Candidate candidate);

  /** Sends a picture, unless a newer one overtakes it; the transport closes it either way. */
  void offerFrame(VideoFrame frame);

  /**
   * Sends a text on the data channel {@code messages}.
   *
   * @return false when it cannot be sent: the channel is not open, or the browser does not read
   */
  default boolean send(String text) {
    return send(List.of(text));
  }

  /** Sends texts as {@link #send(String)} does, with no others in between: all of them or none. */
  boolean send(List<String> texts);

  /** Ends the connection and waits until its ports are free; nothing is reported afterwards. */
  @Override
  void close();
}
