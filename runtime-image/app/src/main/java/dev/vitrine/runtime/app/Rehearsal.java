package dev.vitrine.runtime.app;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.RuntimeState;
import dev.vitrine.protocol.SessionName;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.SignalSubprotocol;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.app.cluster.AssignmentDesk;
import dev.vitrine.runtime.app.cluster.TokenEntrance;
import dev.vitrine.runtime.app.http.Listener;
import dev.vitrine.runtime.app.http.PodRequests;
import dev.vitrine.runtime.app.http.SignalEndpoint;
import dev.vitrine.runtime.app.session.SessionThread;
import dev.vitrine.runtime.app.viewer.Conversation;
import dev.vitrine.runtime.app.viewer.SeatRule;
import dev.vitrine.runtime.app.viewer.ViewerDesk;
import dev.vitrine.runtime.app.viewer.ViewerListener;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the first moments of a session that nobody asked for, on a port of its own: the assignment,
 * the connect token, the socket, the offer and its answer. What a process does for the first time
 * takes it a second or two; no viewer should be the one who waits for it.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration STEP_LIMIT = Duration.ofSeconds(15);
  private static final Duration END_LIMIT = Duration.ofSeconds(45);
  private static final String NAME = "rehearsal";
  private static final SessionName SESSION = new SessionName(NAME, NAME, NAME);
  private static final Lifetimes LIFETIMES = new Lifetimes(60, 0, 0, 60, 0, 0, 60);

  private final Vertx vertx;
  private final TransportFactory transports;
  private final Conversation.Partner partner;
  private final InstantSource clock;
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private boolean begun;
  private boolean cancelled;

  /**
   * A rehearsal that has not begun.
   *
   * @param transports in use until it is over
   */
  Rehearsal(
      Vertx vertx, TransportFactory transports, Conversation.Partner partner, InstantSource clock) {
    this.vertx = vertx;
    this.transports = transports;
    this.partner = partner;
    this.clock = clock;
  }

  /** Begins in the background. */
  synchronized void begin() {
    if (!begun && !cancelled) {
      begun = true;
      Thread.ofPlatform().daemon().name(NAME).start(this::run);
    }
  }

  /** Whether it went well, once it is over; nothing, if it does not begin. */
  CompletionStage<Boolean> over() {
    return over;
  }

  /** Waits for its end, or has it never begin; false if it does not end. */
  boolean cancel() {
    synchronized (this) {
      cancelled = true;
      if (!begun) {
        return true;
      }
    }
    try {
      over.get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      LOG.error("the rehearsal of a session does not end", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      play();
      over.complete(true);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warn("the rehearsal of a session failed: the first viewer will wait longer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.complete(false);
    }
  }

  private void play()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var key = SigningKey.generate();
    var assignments = new AssignmentDesk(new AssignmentVerifier(key.publicKeys(), NAME, clock));
    try (var session = new SessionThread();
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var desk =
          new ViewerDesk(
              session,
              new TokenEntrance(assignments, clock),
              SeatRule.FREED,
              () -> NAME,
              transports,
              Rehearsal::connection,
              partner,
              ViewerListener.nobody());
      var signal = new SignalEndpoint((origin, host) -> true, desk);
      try (var listener =
          Listener.openForThisMachine(
              vertx, new PodRequests(assignments, _ -> {}, Rehearsal::noState), signal)) {
        assign(http, listener.port(), key);
        connect(http, listener.port(), key);
      } finally {
        session.execute(() -> desk.close(EndReason.APP_EXITED, "The rehearsal is over."));
        http.shutdownNow();
      }
    }
  }

  private void assign(HttpClient http, int port, SigningKey key)
      throws IOException, InterruptedException {
    var assignment =
        new Assignment(
            NAME, SESSION, "", Map.of(), LIFETIMES, List.of(), List.of(), key.publicKeys());
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/assignment".formatted(port)))
            .timeout(STEP_LIMIT)
            .POST(BodyPublishers.ofString(new AssignmentSigner(key, clock).sign(assignment)))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("The assignment was answered by " + answer.body().strip());
    }
  }

  private void connect(HttpClient http, int port, SigningKey key)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var token = new ConnectTokenIssuer(key, clock).issue("", SESSION.uid(), NAME).compact();
    var first = new CompletableFuture<String>();
    var socket =
        http.newWebSocketBuilder()
            .connectTimeout(STEP_LIMIT)
            .subprotocols(SignalSubprotocol.V1, SignalSubprotocol.carrying(token))
            .buildAsync(
                URI.create("ws://127.0.0.1:%d/signal".formatted(port)), new FirstMessage(first))
            .get(STEP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    try {
      var unused = socket.sendText(new SignalMessage.Offer(offer(), null).toJson(), true);
      var message = first.get(STEP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!(SignalMessage.fromRuntime(message) instanceof SignalMessage.Answer)) {
        throw new IOException("The offer was answered by " + message);
      }
    } catch (BadMessageException e) {
      throw new IOException(e);
    } finally {
      socket.abort();
    }
  }

  private static CompletionStage<RuntimeState> noState() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("nobody asks for the state of a rehearsal"));
  }

  private static TransportOptions connection() {
    return new TransportOptions(
        new VideoSettings(640, 360, 30, 1000), Show.codecs(), UdpPorts.ANY, List.of(), List.of());
  }

  /** As a browser makes it. */
  private static String offer() throws IOException {
    try (var file = Rehearsal.class.getResourceAsStream("rehearsal.sdp")) {
      if (file == null) {
        throw new IllegalStateException("the build left out rehearsal.sdp");
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static final class FirstMessage implements WebSocket.Listener {

    private final CompletableFuture<String> first;
    private final StringBuilder text = new StringBuilder();

    FirstMessage(CompletableFuture<String> first) {
      this.first = first;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        first.complete(text.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      first.completeExceptionally(error);
    }
  }
}
