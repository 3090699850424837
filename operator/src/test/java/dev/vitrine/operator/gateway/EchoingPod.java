package dev.vitrine.operator.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stands for a runtime: says what it hears, and ends a socket on a goodbye as one in use. */
final class EchoingPod implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private volatile String lastProtocols = "";

  EchoingPod(int port) throws Exception {
    var options =
        new HttpServerOptions()
            .setWebSocketSubProtocols(List.of("vitrine.v1"))
            .setMaxWebSocketFrameSize(1024 * 1024)
            .setMaxWebSocketMessageSize(1024 * 1024);
    vertx
        .createHttpServer(options)
        .webSocketHandler(this::serve)
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** What the last socket offered. */
  String lastProtocols() {
    return lastProtocols;
  }

  private void serve(ServerWebSocket socket) {
    if (!socket.path().equals("/signal")) {
      socket.reject(404);
      return;
    }
    lastProtocols = socket.headers().get("Sec-WebSocket-Protocol");
    socket.textMessageHandler(
        text -> {
          if (text.contains("goodbye")) {
            socket.close((short) 4409, "SessionInUse");
          } else {
            socket.writeTextMessage(text);
          }
        });
  }

  @Override
  public void close() {
    vertx.close();
  }
}
