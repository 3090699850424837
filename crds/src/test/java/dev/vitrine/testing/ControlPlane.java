package dev.vitrine.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;

/** etcd and kube-apiserver on free loopback ports, with their data in a temporary folder. */
final class ControlPlane implements ExtensionContext.Store.CloseableResource, AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** What etcd does before it says that something is written. */
  enum Disk {
    /** Nothing: quick, and good enough for what no test outlives. */
    UNSYNCED,
    /** It waits for the disk, as in production. */
    SYNCED
  }

  private final Program etcd;
  private final String etcdUrl;
  private final Path data;
  private final Config config;
  private final int port;
  private final Thread atExit = new Thread(this::stop);
  private Program apiServer;

  private ControlPlane(Path data, Disk disk) throws IOException {
    this.data = data;
    etcdUrl = "http://127.0.0.1:" + freePort();
    port = freePort();
    var token = UUID.randomUUID().toString();
    Files.writeString(tokens(), token + ",admin,admin,system:masters\n");
    writeServiceAccountKeys(key(), publicKey());
    config = config(data, port, token);
    etcd = etcd(data, etcdUrl, disk);
    apiServer = startApiServer();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Returns once the API server answers; fails if it does not within a limit. */
  static ControlPlane start(Disk disk) {
    try {
      var started = new ControlPlane(Files.createTempDirectory("vitrine-api-server-"), disk);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Config config() {
    return config;
  }

  /** The API server is gone at once, with all connections; etcd stays. */
  void endApiServer() {
    apiServer.kill();
  }

  /** It is there again, as it was and where it was; returns once it answers. */
  void startApiServerAgain() {
    try {
      apiServer = startApiServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }

  private void stop() {
    apiServer.close();
    etcd.close();
    new ScratchFolder(data).close();
  }

  private static Program etcd(Path data, String clientUrl, Disk disk) throws IOException {
    var peerUrl = "http://127.0.0.1:" + freePort();
    return Program.start(
        tool("etcd"),
        "--name=test",
        "--data-dir=" + data.resolve("etcd"),
        "--unsafe-no-fsync=" + (disk == Disk.UNSYNCED),
        "--log-level=warn",
        "--listen-client-urls=" + clientUrl,
        "--advertise-client-urls=" + clientUrl,
        "--listen-peer-urls=" + peerUrl,
        "--initial-advertise-peer-urls=" + peerUrl,
        "--initial-cluster=test=" + peerUrl);
  }

  /**
   * The server makes its own certificate; clients come with a token. It announces itself to no
   * cluster, or it would look for an address that leads to the world, and not start without one.
   */
  private Program startApiServer() throws IOException {
    return Program.start(
        tool("kube-apiserver"),
        "--etcd-servers=" + etcdUrl,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + port,
        "--cert-dir=" + data.resolve("certs"),
        "--token-auth-file=" + tokens(),
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.255.0.0/24",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        "--service-account-key-file=" + publicKey(),
        "--service-account-signing-key-file=" + key());
  }

  private Path tokens() {
    return data.resolve("tokens.csv");
  }

  private Path key() {
    return data.resolve("service-accounts.key");
  }

  private Path publicKey() {
    return data.resolve("service-accounts.pub");
  }

  private static Config config(Path data, int port, String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + port)
        .withCaCertFile(data.resolve("certs/apiserver.crt").toString())
        .withOauthToken(token)
        .withNamespace("default")
        .build();
  }

  private void awaitReady() {
    Awaitility.await("the API server to be ready")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              etcd.checkAlive();
              apiServer.checkAlive();
              return Files.exists(Path.of(config.getCaCertFile())) && answersReady();
            });
  }

  private boolean answersReady() {
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      return "ok".equals(client.raw("/readyz"))
          && client.namespaces().withName("default").get() != null;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private static void writeServiceAccountKeys(Path key, Path publicKey) throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.writeString(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes P-256 keys", e);
    }
  }

  private static String pem(String kind, byte[] der) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text);
  }

  private static Path tool(String name) {
    var tool = toolCache().resolve("bin").resolve(name);
    if (!Files.isExecutable(tool)) {
      throw new IllegalStateException(
          tool + " is missing: build it once with `deploy/cluster/cluster build-tools`");
    }
    return tool;
  }

  private static Path toolCache() {
    return environment("VITRINE_CLUSTER_HOME")
        .orElseGet(
            () ->
                environment("XDG_CACHE_HOME")
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("vitrine/cluster"));
  }

  private static Optional<Path> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank()).map(Path::of);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
