package dev.vitrine.operator.gateway.signal;

import dev.vitrine.protocol.SignalSubprotocol;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the HTTP server allows a socket, before any of it is read. */
@Singleton
final class SocketLimits implements HttpServerOptionsCustomizer {

  /** Larger than a message may be, so that the one who sends such gets a word and not a reset. */
  static final int MAX_FRAME_BYTES = 1024 * 1024;

  /** Longer than three pings: a browser that vanished is let go. */
  private static final int SILENCE_SECONDS = 70;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setWebSocketSubProtocols(List.of(SignalSubprotocol.V1));
    options.setMaxWebSocketFrameSize(MAX_FRAME_BYTES);
    options.setMaxWebSocketMessageSize(MAX_FRAME_BYTES);
    // Quarkus counts in a unit of its own.
    var unit = options.getIdleTimeoutUnit();
    options.setReadIdleTimeout((int) unit.convert(SILENCE_SECONDS, TimeUnit.SECONDS));
  }
}
