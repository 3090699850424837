package dev.vitrine.operator.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser's end of a signalling socket. */
final class Browser implements WebSocket.Listener, AutoCloseable {

  private static final long LIMIT_SECONDS = 30;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final HttpClient http = HttpClient.newHttpClient();
  private WebSocket socket;

  private Browser() {}

  /**
   * Opens a socket.
   *
   * @param token as a subprotocol; none where it is null
   */
  static Browser dial(String address, @Nullable String token) throws Exception {
    var browser = new Browser();
    var builder = browser.http.newWebSocketBuilder();
    if (token == null) {
      builder.subprotocols("vitrine.v1");
    } else {
      builder.subprotocols("vitrine.v1", "vitrine.token." + token);
    }
    browser.socket =
        builder.buildAsync(URI.create(address), browser).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return browser;
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void send(String text) throws Exception {
    socket.sendText(text, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  void sendBinary() throws Exception {
    socket.sendBinary(ByteBuffer.allocate(8), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The next message. */
  String message() throws InterruptedException {
    var message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message came; close code " + closed.getNow(null));
    }
    return message;
  }

  int closeCode() throws Exception {
    return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
    closed.complete(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
