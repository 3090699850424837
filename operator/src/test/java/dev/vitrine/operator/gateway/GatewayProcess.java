package dev.vitrine.operator.gateway;

import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packaged application as its own process in role gateway, with the rights it is to have. */
final class GatewayProcess implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

  private final KubeApiServer cluster;
  private final String access;
  private final SigningKey connectKey;
  private OperatorProcess process;
  private int port;
  private int podPort;

  /**
   * @param access as {@code VITRINE_ACCESS}
   */
  GatewayProcess(KubeApiServer cluster, String access) {
    this(cluster, access, SigningKey.generate());
  }

  private GatewayProcess(KubeApiServer cluster, String access, SigningKey connectKey) {
    this.cluster = cluster;
    this.access = access;
    this.connectKey = connectKey;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    podPort = OperatorProcess.freePort();
    start();
    process.awaitReady();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /**
   * Another one with the same key, for the same pods; returns at once, and the caller closes it.
   */
  GatewayProcess startReplica() throws IOException {
    var replica = new GatewayProcess(cluster, access, connectKey);
    replica.podPort = podPort;
    replica.start();
    return replica;
  }

  private void start() throws IOException {
    var folder = Files.createTempDirectory("vitrine-gateway-");
    var keys = Files.createDirectory(folder.resolve("keys"));
    Files.writeString(keys.resolve("private.jwk"), connectKey.toPrivateJwk());
    port = OperatorProcess.freePort();
    process =
        OperatorProcess.start(
            GatewayRights.kubeconfig(cluster, folder),
            "gateway",
            "gateway-" + port,
            Map.of(
                "VITRINE_ACCESS", access,
                "VITRINE_CONNECT_KEYS", keys.toString(),
                "VITRINE_POD_PORT", Integer.toString(podPort),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_HTTP_HOST", "127.0.0.1"));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
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
}
