package dev.vitrine.runtime.app.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open port. */
public final class Listener implements AutoCloseable {

  private static final int LIMIT_SECONDS = 10;
  private static final String EVERYWHERE = "0.0.0.0";

  private final HttpServer server;

  private Listener(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens a port on all of the machine's addresses.
   *
   * @param port 0 for any free one
   * @param requests answers plain requests
   * @param signal takes WebSockets; null where none are served
   * @throws IllegalStateException if the port cannot be opened, with a sentence
   */
  public static Listener open(
      Vertx vertx, int port, Handler<HttpServerRequest> requests, @Nullable SignalEndpoint signal) {
    return open(vertx, EVERYWHERE, port, requests, signal);
  }

  /** Opens any free port for clients on this machine alone. */
  public static Listener openForThisMachine(
      Vertx vertx, Handler<HttpServerRequest> requests, SignalEndpoint signal) {
    return open(vertx, "127.0.0.1", 0, requests, signal);
  }

  private static Listener open(
      Vertx vertx,
      String address,
      int port,
      Handler<HttpServerRequest> requests,
      @Nullable SignalEndpoint signal) {
    var server = vertx.createHttpServer(options()).requestHandler(requests);
    if (signal != null) {
      signal.attachTo(server);
    }
    try {
      server
          .listen(port, address)
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
          .join();
      return new Listener(server);
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Port %d cannot be opened (%s); choose another one."
              .formatted(
                  port, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage())),
          e);
    }
  }

  /** The port that is open. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    server
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(null, LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static HttpServerOptions options() {
    return SignalEndpoint.serverOptions().setMaxInitialLineLength(8192).setMaxHeaderSize(16_384);
  }
}
