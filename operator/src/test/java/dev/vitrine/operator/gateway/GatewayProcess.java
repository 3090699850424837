package dev.vitrine.operator.gateway;

import dev.vitrine.operator.testing.Scrape;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged application as its own process in role gateway, with the rights it is to have. */
final class GatewayProcess implements BeforeAllCallback, AfterAllCallback {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final KubeApiServer cluster;
  private final String access;
  private final Map<String, String> more;
  private final SigningKey connectKey = SigningKey.generate();
  private Process process;
  private Path log;
  private int port;
  private int podPort;
  private int management;

  /**
   * @param access as {@code VITRINE_ACCESS}
   */
  GatewayProcess(KubeApiServer cluster, String access) {
    this(cluster, access, Map.of());
  }

  /**
   * @param access as {@code VITRINE_ACCESS}
   * @param more variables of its environment
   */
  GatewayProcess(KubeApiServer cluster, String access, Map<String, String> more) {
    this.cluster = cluster;
    this.access = access;
    this.more = more;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    var folder = Files.createTempDirectory("vitrine-gateway-");
    log = folder.resolve("log");
    var keys = Files.createDirectory(folder.resolve("keys"));
    Files.writeString(keys.resolve("private.jwk"), connectKey.toPrivateJwk());
    port = freePort();
    podPort = freePort();
    management = freePort();
    var kubeconfig = GatewayRights.kubeconfig(cluster, folder);
    var environment = new HashMap<>(more);
    environment.putAll(
        Map.of(
            "VITRINE_ROLE", "gateway",
            "VITRINE_ACCESS", access,
            "VITRINE_CONNECT_KEYS", keys.toString(),
            "VITRINE_POD_PORT", Integer.toString(podPort),
            "KUBECONFIG", kubeconfig.toString(),
            "QUARKUS_HTTP_PORT", Integer.toString(port),
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT", Integer.toString(management),
            "QUARKUS_MANAGEMENT_HOST", "127.0.0.1"));
    process = start(log, environment);
    Awaitility.await("the gateway to be ready")
        .atMost(START_LIMIT)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("The gateway ended: " + log());
              }
              return answers(URI.create("http://127.0.0.1:" + management + "/readyz"));
            });
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** Starts the application with nothing but this in its environment; the caller ends it. */
  static Process start(Path log, Map<String, String> environment) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-Xmx256m",
            "-Dsmallrye.config.mapping.validate-unknown=false",
            "-jar",
            "target/quarkus-app/quarkus-run.jar");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** The same key as the gateway's: what it signs is as good as a token of the gateway. */
  SigningKey connectKey() {
    return connectKey;
  }

  int port() {
    return port;
  }

  /** Where the gateway looks for runtimes. */
  int podPort() {
    return podPort;
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** What it exports to Prometheus. */
  Scrape scrape() throws IOException, InterruptedException {
    return Scrape.of(URI.create("http://127.0.0.1:" + management + "/metrics"));
  }

  private static boolean answers(URI address) throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
