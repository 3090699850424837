package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.SignalSubprotocol;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The WebSocket on which offer and answer are exchanged, dialled as a page dials it. */
final class SignalLine implements AutoCloseable {

  private static final int ABNORMAL = 1006;
  private static final int MOST_WAITING = 64;

  /** What is heard on it: one call at a time. */
  interface Listener {
    void onSignal(SignalMessage.FromRuntime signal);

    /** The line is gone, by whomever; RFC 6455 section 7.4 has the codes below 4000. */
    void onHungUp(int code);
  }

  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
  private int waiting;

  private SignalLine(WebSocket socket) {
    this.socket = socket;
  }

  /**
   * Dials.
   *
   * @throws SetbackException where nobody answers, or nobody who may be talked to
   */
  static SignalLine dial(HttpClient http, Endpoint endpoint, Listener listener, Duration limit)
      throws SetbackException {
    var builder = http.newWebSocketBuilder().connectTimeout(limit.plusMillis(1));
    endpoint
        .token()
        .ifPresentOrElse(
            token -> builder.subprotocols(SignalSubprotocol.V1, SignalSubprotocol.carrying(token)),
            () -> builder.subprotocols(SignalSubprotocol.V1));
    var dialled = builder.buildAsync(endpoint.url(), new Hearing(listener));
    return new SignalLine(
        Patience.await(
            dialled,
            limit,
            () -> SetbackException.passing(endpoint.url() + " did not answer in time."),
            failure ->
                SetbackException.passing(
                    "%s cannot be dialled: %s.".formatted(endpoint.url(), why(failure)))));
  }

  /** Sends a message after those before it; one too many is dropped, as one to a closed line is. */
  synchronized void send(SignalMessage.FromBrowser message) {
    if (waiting < MOST_WAITING) {
      waiting++;
      sent =
          sent.thenCompose(_ -> socket.sendText(message.toJson(), true))
              .whenComplete((_, _) -> countDown());
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private synchronized void countDown() {
    waiting--;
  }

  private static String why(Throwable failure) {
    return failure instanceof WebSocketHandshakeException refused && refused.getResponse() != null
        ? "it answered %d".formatted(refused.getResponse().statusCode())
        : Reasons.of(failure);
  }

  /** Puts the parts of frames together and reads them. */
  private static final class Hearing implements WebSocket.Listener {

    private final Listener listener;
    private final StringBuilder text = new StringBuilder();

    Hearing(Listener listener) {
      this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (text.length() > SignalMessage.MAX_BYTES) {
        socket.abort();
        listener.onHungUp(ABNORMAL);
        return null;
      }
      if (last) {
        hear();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      listener.onHungUp(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      listener.onHungUp(ABNORMAL);
    }

    private void hear() {
      try {
        listener.onSignal(SignalMessage.fromRuntime(text.toString()));
      } catch (BadMessageException e) {
        // Of a later version, perhaps: what matters has its own time limit.
      } finally {
        text.setLength(0);
      }
    }
  }
}
