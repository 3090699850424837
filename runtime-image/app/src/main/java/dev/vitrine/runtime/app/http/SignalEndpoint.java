package dev.vitrine.runtime.app.http;

import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.SignalSubprotocol;
import dev.vitrine.runtime.app.viewer.Reception;
import dev.vitrine.runtime.app.viewer.SignalSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** WebSockets at {@code /signal} (RFC 6455), handed to whoever receives viewers. */
public final class SignalEndpoint {

  private static final int HTTP_FORBIDDEN = 403;
  private static final int HTTP_NOT_FOUND = 404;

  private final OriginRule origins;
  private final Reception reception;

  public SignalEndpoint(OriginRule origins, Reception reception) {
    this.origins = origins;
    this.reception = reception;
  }

  /** What a server needs to carry these sockets: the subprotocol, and bounds on frames. */
  public static HttpServerOptions serverOptions() {
    // A frame of up to twice the limit is still read, so that its sender is told what is wrong.
    return new HttpServerOptions()
        .setWebSocketSubProtocols(List.of(SignalSubprotocol.V1))
        .setMaxWebSocketFrameSize(2 * SignalMessage.MAX_BYTES)
        .setMaxWebSocketMessageSize(2 * SignalMessage.MAX_BYTES)
        .setIdleTimeout(0);
  }

  /** Has a server's WebSockets come here. */
  void attachTo(HttpServer server) {
    server.webSocketHandshakeHandler(this::judge).webSocketHandler(this::receive);
  }

  private void judge(ServerWebSocketHandshake handshake) {
    if (!handshake.path().equals("/signal")) {
      handshake.reject(HTTP_NOT_FOUND);
    } else if (!origins.allows(
        handshake.headers().get("Origin"), handshake.headers().get("Host"))) {
      handshake.reject(HTTP_FORBIDDEN);
    } else {
      handshake.accept();
    }
  }

  private void receive(ServerWebSocket webSocket) {
    var socket = new Socket(webSocket);
    var handler = reception.enter(socket, SignalSubprotocol.tokenIn(offeredBy(webSocket)));
    webSocket.textMessageHandler(
        text -> {
          if (text.getBytes(StandardCharsets.UTF_8).length > SignalMessage.MAX_BYTES) {
            socket.refuse(
                SignalCloseCode.TOO_LARGE,
                "A signalling message may hold 64 KiB; send a shorter one.");
          } else {
            handler.onText(text);
          }
        });
    webSocket.binaryMessageHandler(
        bytes ->
            socket.refuse(SignalCloseCode.BAD_MESSAGE, "Signalling messages are text; send JSON."));
    webSocket.exceptionHandler(broken -> webSocket.close());
    webSocket.closeHandler(closed -> handler.onClosed());
  }

  private static List<String> offeredBy(ServerWebSocket webSocket) {
    return webSocket.headers().getAll("Sec-WebSocket-Protocol").stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .toList();
  }

  private record Socket(ServerWebSocket webSocket) implements SignalSocket {

    @Override
    public void send(SignalMessage.FromRuntime message) {
      if (!webSocket.isClosed()) {
        webSocket.writeTextMessage(message.toJson());
      }
    }

    @Override
    public void refuse(SignalCloseCode code, String sentence) {
      send(new SignalMessage.Failure(code, sentence));
      if (!webSocket.isClosed()) {
        webSocket.close((short) code.code(), code.word());
      }
    }

    @Override
    public void close() {
      if (!webSocket.isClosed()) {
        webSocket.close();
      }
    }
  }
}
