package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway may answer, over a real socket. */
class GatewayDoorIT {

  private static final String GRANT =
      """
      {"url":"ws://gateway:8080/signal/team/s-1","token":"a.b.c","iceServers":[],
       "expiresAt":"2026-11-22T13:01:00Z"}
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile int status = 200;
  private volatile String body = GRANT;
  private HttpServer gateway;
  private Path tokenFile;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    tokenFile = Files.writeString(folder.resolve("token"), "secret-1\n");
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/watches",
        exchange -> {
          asked.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization")));
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    gateway.stop(0);
  }

  private Endpoint ask() throws SetbackException {
    return ask(Duration.ofSeconds(20));
  }

  private Endpoint ask(Duration limit) throws SetbackException {
    var grants =
        URI.create(
            "http://127.0.0.1:%d/watches/team/s-1".formatted(gateway.getAddress().getPort()));
    return new GatewayDoor(new Target.Session(grants, tokenFile), http)
        .ask(new Countdown(limit, System::nanoTime));
  }

  private ThrowableAssertAlternative<SetbackException> refused(boolean passing) {
    return assertThatExceptionOfType(SetbackException.class)
        .isThrownBy(this::ask)
        .matches(setback -> setback.isPassing() == passing)
        .withMessageNotContaining("secret");
  }

  @Test
  void a_grant_says_how_to_dial() throws Exception {
    var endpoint = ask();

    assertThat(endpoint.url()).isEqualTo(URI.create("ws://gateway:8080/signal/team/s-1"));
    assertThat(endpoint.token()).contains("a.b.c");
    assertThat(endpoint.toString()).doesNotContain("a.b.c");
    assertThat(asked).containsExactly("POST /watches/team/s-1 Bearer secret-1");
  }

  @Test
  void the_token_of_the_day_is_sent() throws Exception {
    ask();
    Files.writeString(tokenFile, "secret-2");
    ask();

    assertThat(asked).last().isEqualTo("POST /watches/team/s-1 Bearer secret-2");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 409, 429, 500, 503})
  void what_may_be_otherwise_soon_is_a_passing_setback(int answer) {
    status = answer;
    body = "{\"detail\":\"The session starts.\"}";

    refused(true).withMessage("The gateway answered %d: The session starts.".formatted(answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 410})
  void what_stays_as_it_is_is_a_lasting_one(int answer) {
    status = answer;
    body = "{\"detail\":\"No.\"}";

    refused(false).withMessage("The gateway answered %d: No.".formatted(answer));
  }

  @Test
  void somebody_else_s_answer_is_quoted_from_its_beginning() {
    status = 502;
    body = "x".repeat(10_000);

    refused(true).withMessage("The gateway answered 502: " + "x".repeat(300) + "…");
  }

  @Test
  void a_grant_that_cannot_be_read_says_what_is_wrong_with_it() {
    body = GRANT.replace("a.b.c", "secret, vitrine.v1");

    refused(false).withMessageContaining("has a bad `token`");
  }

  @Test
  void an_answer_without_end_is_not_read_to_its_end() {
    body = "x".repeat(1_000_000);

    refused(true).withMessageContaining("cannot be reached");
  }

  @Test
  void a_token_file_that_holds_none_is_named() throws IOException {
    Files.writeString(tokenFile, "secret\nsecret");

    refused(false).withMessage(tokenFile + " holds no token.");
  }

  @Test
  void a_token_file_that_is_not_there_yet_is_waited_for() throws IOException {
    Files.delete(tokenFile);

    refused(true).withMessage("The token %s cannot be read.".formatted(tokenFile));
  }

  @Test
  void nobody_there_is_a_passing_setback() {
    gateway.stop(0);

    refused(true).withMessageStartingWith("The gateway at 127.0.0.1:");
  }

  @Test
  void a_gateway_that_is_silent_is_not_waited_for_beyond_the_limit() {
    var silence = new CountDownLatch(1);
    gateway.removeContext("/watches");
    gateway.createContext(
        "/watches",
        exchange -> {
          try {
            silence.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      assertThatExceptionOfType(SetbackException.class)
          .isThrownBy(() -> ask(Duration.ofMillis(200)))
          .matches(SetbackException::isPassing)
          .withMessageStartingWith("The gateway ");
    } finally {
      silence.countDown();
    }
  }
}
