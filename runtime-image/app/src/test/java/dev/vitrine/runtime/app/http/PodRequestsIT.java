package dev.vitrine.runtime.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.RuntimeState;
import dev.vitrine.protocol.SessionName;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.runtime.app.cluster.AssignmentDesk;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodRequestsIT {

  private final InstantSource clock = InstantSource.system();
  private final SigningKey key = SigningKey.generate();
  private final AssignmentSigner signer = new AssignmentSigner(key, clock);
  private final AssignmentDesk desk =
      new AssignmentDesk(new AssignmentVerifier(key.publicKeys(), "pod-1", clock));
  private final List<Assignment> accepted = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final Listener listener =
      Listener.open(
          vertx,
          0,
          new PodRequests(desk, accepted::add, () -> CompletableFuture.completedFuture(state())),
          null);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    listener.close();
    vertx.close();
  }

  @Test
  void an_assignment_is_taken_once_and_acknowledged_as_often_as_it_comes() throws Exception {
    assertThat(post(signer.sign(assignment("pod-1", "session-1"))).statusCode()).isEqualTo(200);
    assertThat(post(signer.sign(assignment("pod-1", "session-1"))).statusCode()).isEqualTo(200);
    assertThat(post(signer.sign(assignment("pod-1", "session-2"))).statusCode()).isEqualTo(409);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void the_longest_parameters_that_an_app_can_declare_are_taken() throws Exception {
    var parameters =
        IntStream.range(0, 32)
            .boxed()
            .collect(Collectors.toMap(i -> "p" + i, _ -> "\uD83D\uDE00".repeat(1024)));
    assertThat(post(signer.sign(assignment("pod-1", "session-1", parameters))).statusCode())
        .isEqualTo(200);
    assertThat(accepted).singleElement().returns(parameters, Assignment::parameters);
  }

  @Test
  void what_is_not_the_controllers_word_for_this_pod_is_refused() throws Exception {
    var forger = new AssignmentSigner(SigningKey.generate(), clock);
    assertThat(post(forger.sign(assignment("pod-1", "session-1"))).statusCode()).isEqualTo(401);
    assertThat(post(signer.sign(assignment("pod-2", "session-1"))).statusCode()).isEqualTo(401);
    assertThat(post("garbage").statusCode()).isEqualTo(400);
    assertThat(post("x".repeat(Assignment.MAX_BYTES + 1)).statusCode()).isEqualTo(413);
    assertThat(accepted).isEmpty();
  }

  @Test
  void the_state_names_the_session_once_there_is_one() throws Exception {
    assertThat(RuntimeState.parse(get("/state").body()).session()).isNull();
    post(signer.sign(assignment("pod-1", "session-1")));
    assertThat(RuntimeState.parse(get("/state").body()).session())
        .isEqualTo(new SessionName("default", "viewer-1", "session-1"));
  }

  @Test
  void there_is_nothing_else() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/assignment").statusCode()).isEqualTo(404);
  }

  private RuntimeState state() {
    return new RuntimeState(
        "pod-1",
        desk.assignment().map(Assignment::session).orElse(null),
        new ConnectionReport(
            ConnectionState.WAITING, null, null, null, null, null, null, null, null, null, null));
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(
        request("/assignment").POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(listener.port(), path)))
        .timeout(Duration.ofSeconds(10));
  }

  private static Assignment assignment(String podUid, String sessionUid) {
    return assignment(podUid, sessionUid, Map.of());
  }

  private static Assignment assignment(
      String podUid, String sessionUid, Map<String, String> parameters) {
    return new Assignment(
        podUid,
        new SessionName("default", "viewer-1", sessionUid),
        "",
        parameters,
        new Lifetimes(60, 20, 0, 0, 0, 0, 0),
        List.of(),
        List.of(),
        new KeySet(Map.of()));
  }
}
