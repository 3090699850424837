package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Map<String, String> answers = new ConcurrentHashMap<>();
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
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
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
    answers.put(
        POD,
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"look-1","namespace":"default"}}
        """);
    answers.put(POD + "/log", "one\ntwo\n");
    var ran = follow.isEmpty() ? logs("first") : logs("first", follow);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void once_the_pod_is_gone_the_session_says_what_was_kept() throws IOException {
    assertThat(logs("first").out()).isEqualTo("AppFailed: its last words: no disk\n");
  }

  private Ran logs(String... arguments) throws IOException {
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
    var command = new ArrayList<>(List.of("logs"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    return Ran.vitrine(command.toArray(String[]::new));
  }
}
