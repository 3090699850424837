package dev.vitrine.operator.gateway.signal;

import dev.vitrine.operator.gateway.access.BearerToken;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalSubprotocol;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /signal/{namespace}/{session}}: admits a browser's socket and joins it to the pod's. */
public final class SignalEndpoint {

  private static final Logger log = LoggerFactory.getLogger(SignalEndpoint.class);

  private static final int POD_HANDSHAKE_MILLIS = 5_000;
  private static final int SILENCE_SECONDS = 60;

  /** To one pod, which lets in one viewer. */
  private static final int MAX_POD_SOCKETS = 64;

  private final Vertx vertx;
  private final Doorkeeper doorkeeper;
  private final SignalMeter meter;
  private final WebSocketClient pods;
  private final int podPort;

  public SignalEndpoint(Vertx vertx, Doorkeeper doorkeeper, SignalMeter meter, int podPort) {
    this.vertx = vertx;
    this.doorkeeper = doorkeeper;
    this.meter = meter;
    this.podPort = podPort;
    var options = new WebSocketClientOptions();
    options.setConnectTimeout(POD_HANDSHAKE_MILLIS);
    options.setReadIdleTimeout(SILENCE_SECONDS);
    options.setMaxConnections(MAX_POD_SOCKETS);
    options.setMaxFrameSize(SocketLimits.MAX_FRAME_BYTES);
    options.setMaxMessageSize(SocketLimits.MAX_FRAME_BYTES);
    this.pods = vertx.createWebSocketClient(options);
  }

  public void mount(Router router) {
    router.get("/signal/:namespace/:session").handler(this::handle);
  }

  private void handle(RoutingContext context) {
    var request = context.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      context
          .response()
          .setStatusCode(426)
          .putHeader("Upgrade", "websocket")
          .putHeader("Content-Type", "application/json")
          .end(JsonObject.of("detail", "This is a WebSocket: connect with one.").encode());
      return;
    }
    var namespace = String.valueOf(context.pathParam("namespace"));
    var session = String.valueOf(context.pathParam("session"));
    var token = tokenOf(request);
    request
        .toWebSocket()
        .onSuccess(browser -> admit(browser, namespace, session, token))
        .onFailure(failure -> log.debug("A WebSocket handshake failed", failure));
  }

  private void admit(
      ServerWebSocket browser, String namespace, String session, Optional<String> token) {
    var setUp = meter.begin();
    var relay = new Relay(vertx, browser, setUp);
    vertx
        .executeBlocking(() -> doorkeeper.admit(namespace, session, token), false)
        .onSuccess(
            admission -> {
              switch (admission) {
                case Admission.Admitted(var uid, var address) -> {
                  setUp.isFor(uid);
                  dial(relay, address, token.orElseThrow(), namespace, session);
                }
                case Admission.Refused(var code, var sentence) -> relay.fail(code, sentence);
              }
            })
        .onFailure(
            failure -> {
              log.warn("Admitting a viewer to {}/{} failed", namespace, session, failure);
              relay.fail(SignalCloseCode.NOT_READY, "The gateway failed; try again.");
            });
  }

  private void dial(Relay relay, String address, String token, String namespace, String session) {
    var options = new WebSocketConnectOptions();
    options.setHost(address);
    options.setPort(podPort);
    options.setURI("/signal");
    options.setTimeout(POD_HANDSHAKE_MILLIS);
    options.setAllowOriginHeader(false);
    options.setSubProtocols(List.of(SignalSubprotocol.V1, SignalSubprotocol.carrying(token)));
    pods.connect(options)
        .onSuccess(relay::join)
        .onFailure(
            failure -> {
              log.info(
                  "The pod of {}/{} cannot be reached: {}", namespace, session, failure.toString());
              relay.unreachable();
            });
  }

  /** From the subprotocols, as browsers send it, or from the Authorization header. */
  private static Optional<String> tokenOf(HttpServerRequest request) {
    var offered =
        request.headers().getAll("Sec-WebSocket-Protocol").stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .toList();
    return SignalSubprotocol.tokenIn(offered)
        .or(() -> BearerToken.in(request.getHeader("Authorization")));
  }
}
