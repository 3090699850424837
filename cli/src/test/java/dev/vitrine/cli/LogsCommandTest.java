package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vitrine logs} of a pod that is there, which takes a kubelet: here a server plays both. */
class LogsCommandTest {

  private static final String SESSION =
      "/apis/vitrine.dev/v1alpha1/namespaces/default/streamsessions/first";
  private static final String POD = "/api/v1/namespaces/default/pods/look-1";

  private static final String CONTAINER_WAITS =
      """
      {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"BadRequest","code":400,
       "message":"container \\"runtime\\" in pod \\"look-1\\" is waiting to start: ContainerCreating"}
      """;

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  @TempDir private Path work;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var answer = answers.get(exchange.getRequestURI().getPath());
          var body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
          questions.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(
              answer == null ? 404 : CONTAINER_WAITS.equals(answer) ? 400 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    answers.put(
        SESSION,
        """
        {"apiVersion":"vitrine.dev/v1alpha1","kind":"StreamSession",
         "metadata":{"name":"first","namespace":"default"},"spec":{"app":"look"},
         "status":{"podName":"look-1","conditions":[
          {"type":"Ended","status":"True","reason":"AppFailed","message":"its last words: no disk"}]}}
        """);
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--follow"})
  void what_the_pod_wrote_is_printed_as_long_as_there_is_a_pod(String follow) throws IOException {
    thereIsAPod();
    answers.put(POD + "/log", "one\ntwo\n");
    var ran = logs(follow);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("one\ntwo\n");
    assertThat(questions)
        .filteredOn(question -> question.contains("/log"))
        .allMatch(question -> question.contains("container=runtime"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--follow"})
  void a_pod_that_starts_does_not_run_yet(String follow) throws IOException {
    thereIsAPod();
    answers.put(POD + "/log", CONTAINER_WAITS);
    var ran = logs(follow);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("first does not run yet", "ContainerCreating");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--follow"})
  void a_pod_that_goes_in_the_meantime_leaves_its_last_words(String follow) throws IOException {
    thereIsAPod();
    assertThat(logs(follow).out()).isEqualTo("AppFailed: its last words: no disk\n");
  }

  private void thereIsAPod() {
    answers.put(
        POD,
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"look-1","namespace":"default"}}
        """);
  }

  @Test
  void once_the_pod_is_gone_the_session_says_what_was_kept() throws IOException {
    assertThat(logs("").out()).isEqualTo("AppFailed: its last words: no disk\n");
  }

  private Ran logs(String follow) throws IOException {
    var kubeconfig =
        Files.writeString(
            work.resolve("kubeconfig"),
            """
            {"apiVersion": "v1", "kind": "Config", "current-context": "test",
             "clusters": [{"name": "test", "cluster": {"server": "http://127.0.0.1:%d"}}],
             "users": [{"name": "test", "user": {}}],
             "contexts": [{"name": "test",
               "context": {"cluster": "test", "user": "test", "namespace": "default"}}]}
            """
                .formatted(server.getAddress().getPort()));
    var option = "--kubeconfig=" + kubeconfig;
    return follow.isEmpty()
        ? Ran.vitrine("logs", "first", option)
        : Ran.vitrine("logs", "first", option, follow);
  }
}
