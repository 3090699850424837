package dev.vitrine.operator.gateway;

import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.Scrape;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import dev.vitrine.testing.ScratchFolder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged application as its own process in role gateway, with the rights it is to have. */
final class GatewayProcess implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

  private final KubeApiServer cluster;
  private final String access;
  private final Map<String, String> more;
  private final SigningKey connectKey;
  private OperatorProcess process;
  private ScratchFolder scratch;
  private int port;
  private int podPort;

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
    this(cluster, access, more, SigningKey.generate());
  }

  private GatewayProcess(
      KubeApiServer cluster, String access, Map<String, String> more, SigningKey connectKey) {
    this.cluster = cluster;
    this.access = access;
    this.more = more;
    this.connectKey = connectKey;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    podPort = OperatorProcess.freePort();
    start(cluster.config());
    process.awaitReady();
  }

  /** One that reaches the API server in another way; returns at once, and the caller closes it. */
  static GatewayProcess through(
      Config way, KubeApiServer cluster, String access, Map<String, String> more)
      throws IOException {
    var gateway = new GatewayProcess(cluster, access, more);
    gateway.podPort = OperatorProcess.freePort();
    gateway.start(way);
    return gateway;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /**
   * Another one with the same key, for the same pods; returns at once, and the caller closes it.
   */
  GatewayProcess startReplica() throws IOException {
    var replica = new GatewayProcess(cluster, access, more, connectKey);
    replica.podPort = podPort;
    replica.start(cluster.config());
    return replica;
  }

  private void start(Config way) throws IOException {
    scratch = ScratchFolder.create("vitrine-gateway");
    var folder = scratch.path();
    var keys = Files.createDirectory(folder.resolve("keys"));
    Files.writeString(keys.resolve("private.jwk"), connectKey.toPrivateJwk());
    port = OperatorProcess.freePort();
    var environment = new HashMap<>(more);
    environment.putAll(
        Map.of(
            "VITRINE_ACCESS", access,
            "VITRINE_CONNECT_KEYS", keys.toString(),
            "VITRINE_POD_PORT", Integer.toString(podPort),
            "QUARKUS_HTTP_PORT", Integer.toString(port),
            "QUARKUS_HTTP_HOST", "127.0.0.1"));
    process =
        OperatorProcess.start(
            GatewayRights.kubeconfig(cluster, way, folder),
            "gateway",
            "gateway-" + port,
            environment);
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }

  OperatorProcess process() {
    return process;
  }

  String log() throws IOException {
    return process.log();
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
    return Scrape.of(process.management("/metrics"));
  }
}
