package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.DecodedPicture;
import dev.vitrine.runtime.stream.Receiver;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A viewer without a browser: tells of its first picture as a page does, and keeps what it hears.
 */
public final class ListeningViewer implements ReceiverListener, SignalLine.Listener, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final CompletableFuture<SignalMessage.Answer> answered = new CompletableFuture<>();
  private final List<AppMessage> messages = new CopyOnWriteArrayList<>();
  private final Receiver receiver;
  private final SignalLine line;
  private boolean told; // only the receiver's thread touches it

  /**
   * Connects, or finds out that it cannot.
   *
   * @param resume the secret of an earlier viewer, whose place it takes; null for the first one
   */
  public ListeningViewer(WebRtcTransportFactory transports, URI signal, String token, String resume)
      throws Exception {
    receiver = transports.createReceiver(List.of(), this);
    var endpoint = new Endpoint(signal, Optional.of(token), List.of());
    line = SignalLine.dial(http, endpoint, this, LIMIT);
    line.send(new SignalMessage.Offer(given(receiver.offer()), resume));
    given(receiver.accept(given(answered).sdp()));
  }

  /** What takes its place for another viewer. */
  public String resume() {
    return answered.join().resume();
  }

  /** The messages of a type so far. */
  public List<AppMessage> messages(String eventType) {
    return messages.stream().filter(it -> it.eventType().equals(eventType)).toList();
  }

  @Override
  public void onSignal(SignalMessage.FromRuntime signal) {
    switch (signal) {
      case SignalMessage.Answer answer -> answered.complete(answer);
      case SignalMessage.Candidate candidate -> receiver.addCandidate(candidate);
      case SignalMessage.Bye bye -> fail(bye.toString());
      case SignalMessage.Failure failure -> fail(failure.toString());
    }
  }

  @Override
  public void onHungUp(int code) {
    fail("The signalling socket was closed with " + code);
  }

  @Override
  public void onCandidate(SignalMessage.Candidate candidate) {
    line.send(candidate);
  }

  @Override
  public void onConnected() {}

  @Override
  public void onPicture(DecodedPicture picture) {
    told = told || receiver.send(Viewing.FIRST_FRAME);
  }

  @Override
  public void onMessage(String text) {
    try {
      messages.add(AppMessage.parse(text));
    } catch (BadMessageException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void onClosed(String sentence) {
    fail(sentence);
  }

  @Override
  public void close() {
    receiver.close();
    line.close();
    http.shutdownNow();
  }

  private void fail(String sentence) {
    answered.completeExceptionally(new IllegalStateException(sentence));
  }

  private static <T> T given(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
