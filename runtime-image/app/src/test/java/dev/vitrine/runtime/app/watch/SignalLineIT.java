package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.app.http.Listener;
import dev.vitrine.runtime.app.http.SignalEndpoint;
import dev.vitrine.runtime.app.viewer.Reception;
import dev.vitrine.runtime.app.viewer.SignalHandler;
import dev.vitrine.runtime.app.viewer.SignalSocket;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dials the runtime's own signalling endpoint. */
class SignalLineIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Desk desk = new Desk();
  private final Ear ear = new Ear();
  private final Listener runtime =
      Listener.open(
          vertx,
          0,
          request -> request.response().setStatusCode(404).end(),
          new SignalEndpoint((origin, host) -> origin == null, desk));

  @AfterEach
  void close() {
    http.shutdownNow();
    runtime.close();
    vertx.close();
  }

  private SignalLine dial(String path, String token) throws SetbackException {
    var url = URI.create("ws://127.0.0.1:%d%s".formatted(runtime.port(), path));
    var endpoint = new Endpoint(url, Optional.ofNullable(token), List.of());
    return SignalLine.dial(http, endpoint, ear, LIMIT);
  }

  @Test
  void the_token_goes_as_a_subprotocol_and_messages_in_their_order() throws Exception {
    try (var line = dial("/signal", "a.b.c")) {
      line.send(new SignalMessage.Offer("v=0\r\n" + "x".repeat(30_000), null));
      line.send(new SignalMessage.Goodbye());

      await().until(() -> desk.heard.size() == 2);
      assertThat(desk.heard.poll()).startsWith("{\"type\":\"offer\"").hasSizeGreaterThan(30_000);
      assertThat(desk.heard.poll()).isEqualTo("{\"type\":\"goodbye\"}");
      assertThat(desk.tokens).containsExactly(Optional.of("a.b.c"));
    }
  }

  @Test
  void a_local_runtime_gets_no_token() throws Exception {
    try (var line = dial("/signal", null)) {
      line.send(new SignalMessage.Goodbye());

      await().until(() -> !desk.heard.isEmpty());
      assertThat(desk.tokens).containsExactly(Optional.empty());
    }
  }

  @Test
  void an_answer_is_heard_whole_and_a_refusal_with_its_code() throws Exception {
    try (var line = dial("/signal", null)) {
      line.send(new SignalMessage.Goodbye());
      await().until(() -> !desk.heard.isEmpty());
      var answer = new SignalMessage.Answer("v=0\r\n" + "x".repeat(50_000), "secret");
      desk.socket.send(answer);
      desk.socket.refuse(SignalCloseCode.SESSION_IN_USE, "Somebody else is watching.");

      await().until(() -> !ear.hungUp.isEmpty());
      assertThat(ear.signals)
          .containsExactly(
              answer,
              new SignalMessage.Failure(
                  SignalCloseCode.SESSION_IN_USE, "Somebody else is watching."));
      assertThat(ear.hungUp).containsExactly(4409);
    }
  }

  @Test
  void who_answers_otherwise_is_said_to() {
    assertThatExceptionOfType(SetbackException.class)
        .isThrownBy(() -> dial("/nothing", "a.b.c"))
        .matches(SetbackException::isPassing)
        .withMessageEndingWith("/nothing cannot be dialled: it answered 404.")
        .withMessageNotContaining("a.b.c");
  }

  @Test
  void nobody_there_is_a_passing_setback() {
    runtime.close();

    assertThatExceptionOfType(SetbackException.class)
        .isThrownBy(() -> dial("/signal", "a.b.c"))
        .matches(SetbackException::isPassing)
        .withMessageContaining("/signal cannot be dialled: ");
  }

  /** Keeps what a runtime hears. */
  private static final class Desk implements Reception {

    private final Queue<Optional<String>> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private volatile SignalSocket socket;

    @Override
    public SignalHandler enter(SignalSocket socket, Optional<String> token) {
      this.socket = socket;
      tokens.add(token);
      return new SignalHandler() {
        @Override
        public void onText(String frame) {
          heard.add(frame);
        }

        @Override
        public void onClosed() {}
      };
    }
  }

  /** Keeps what a watcher hears. */
  private static final class Ear implements SignalLine.Listener {

    private final Queue<SignalMessage.FromRuntime> signals = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> hungUp = new ConcurrentLinkedQueue<>();

    @Override
    public void onSignal(SignalMessage.FromRuntime signal) {
      signals.add(signal);
    }

    @Override
    public void onHungUp(int code) {
      hungUp.add(code);
    }
  }
}
