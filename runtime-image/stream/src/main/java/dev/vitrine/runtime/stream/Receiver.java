package dev.vitrine.runtime.stream;

import dev.vitrine.protocol.SignalMessage;
import java.util.concurrent.CompletionStage;

/**
 * A viewer's side of a connection: asks for pictures and decodes them, as a page does. All methods
 * may be called by any thread, and none waits long.
 */
public interface Receiver extends AutoCloseable {

  /**
   * Offers to receive video and to exchange texts (RFC 8829); once.
   *
   * @return the offer, or a {@link TransportException} that says why there is none
   */
  CompletionStage<String> offer();

  /**
   * Takes the answer to the offer.
   *
   * @return done, or a {@link TransportException} that says why it cannot be used
   */
  CompletionStage<Void> accept(String answerSdp);

  /** A candidate that the runtime found after its answer. */
  void addCandidate(SignalMessage.Candidate candidate);

  /**
   * Sends a text on the data channel {@code messages}.
   *
   * @return false when it cannot be sent: the channel is not open, or the runtime does not read
   */
  boolean send(String text);

  /** Ends the connection; nothing is reported afterwards. */
  @Override
  void close();
}
