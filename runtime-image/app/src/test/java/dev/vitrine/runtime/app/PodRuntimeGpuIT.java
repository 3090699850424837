package dev.vitrine.runtime.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.RuntimeReport;
import dev.vitrine.protocol.SessionName;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.app.cluster.PodEnvironment;
import dev.vitrine.runtime.app.cluster.TerminationLog;
import dev.vitrine.runtime.app.watch.ListeningViewer;
import dev.vitrine.runtime.stage.StageOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod's runtime as it is in the cluster, and a viewer of it; only the gateway is pretended. */
class PodRuntimeGpuIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final SessionName SESSION = new SessionName("default", "viewer-1", "session-1");
  private static final String POD = "pod-1";

  private final InstantSource clock = InstantSource.system();
  private final SigningKey key = SigningKey.generate();
  private final WebRtcTransportFactory transports = new WebRtcTransportFactory();
  private HttpServer gateway;
  private PodRuntime runtime;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext("/reports", PodRuntimeGpuIT::hear);
    gateway.start();
    runtime = new PodRuntime(options(folder), pod(folder), clock);
  }

  @AfterEach
  void close() {
    runtime.close();
    gateway.stop(0);
    transports.close();
  }

  @Test
  void a_newer_version_is_told_when_it_comes_out_and_again_to_a_page_that_was_loaded_anew()
      throws Exception {
    assign();
    try (var viewer = dial(null)) {
      awaitNewerVersion(viewer);
      try (var reloaded = dial(viewer.resume())) {
        awaitNewerVersion(reloaded);
      }
    }
  }

  private static void awaitNewerVersion(ListeningViewer viewer) {
    await("the newer version")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(viewer.messages("vitrine.newerVersion"))
                    .singleElement()
                    .satisfies(
                        it ->
                            assertThat(it.payload().path("version").asText()).isEqualTo("1.5.0")));
  }

  /** The newer version is out once a viewer has seen a picture. */
  private static void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      var report = RuntimeReport.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      var answer =
          report.connection().firstFrameAt() == null ? "{}" : "{\"newerVersion\":\"1.5.0\"}";
      exchange.sendResponseHeaders(200, answer.length());
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    } catch (BadMessageException e) {
      throw new IOException(e);
    }
  }

  private void assign() throws IOException, InterruptedException {
    var assignment =
        new Assignment(
            POD,
            SESSION,
            "",
            Map.of(),
            new Lifetimes(60, 60, 60, 0, 0, 0, 0),
            List.of(),
            List.of(),
            key.publicKeys());
    var request =
        HttpRequest.newBuilder(address("http", "/assignment"))
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString(new AssignmentSigner(key, clock).sign(assignment)))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private ListeningViewer dial(String resume) throws Exception {
    var token = new ConnectTokenIssuer(key, clock).issue("", SESSION.uid(), POD).compact();
    return new ListeningViewer(transports, address("ws", "/signal"), token, resume);
  }

  private URI address(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, runtime.port(), path));
  }

  private PodEnvironment pod(Path folder) throws IOException {
    var reports =
        URI.create("http://127.0.0.1:%d/reports".formatted(gateway.getAddress().getPort()));
    return new PodEnvironment(
        new PodFile(key.publicKeys(), reports),
        POD,
        Files.writeString(folder.resolve("token"), "secret"),
        Duration.ZERO,
        new TerminationLog(folder.resolve("last-words")));
  }

  private static RuntimeOptions options(Path folder) throws IOException {
    var assets = Files.createDirectory(folder.resolve("assets"));
    var stage = StageOptions.of(property("stage.python"), property("stage.package"), assets);
    return new RuntimeOptions(
        "",
        stage.withRunParent(folder),
        Optional.empty(),
        new VideoSettings(320, 180, 30, 500),
        0,
        0,
        OptionalInt.empty(),
        UdpPorts.ANY,
        List.of(),
        Set.of(),
        false);
  }

  private static Path property(String name) {
    return Path.of(System.getProperty(name));
  }
}
