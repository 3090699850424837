package dev.vitrine.operator.testing;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The packaged application in a process of its own, with the JVM's options of its image; as the
 * image starts it where one is laid out.
 */
public final class OperatorProcess implements AutoCloseable {

  /** Options for the JVM under test, such as those that record a profile. */
  private static final String OPTIONS_VARIABLE = "VITRINE_BENCH_JVM_OPTIONS";

  /** The root folder of the operator's image, as {@code tools/image/aot-cache} lays it out. */
  private static final String ROOT_VARIABLE = "VITRINE_OPERATOR_ROOT";

  private static final String AOT_CACHE = "opt/vitrine/operator.aot";

  /** That of its container. */
  private static final String MEMORY_LIMIT = "-XX:MaxRAM=512m";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** A JVM that has to write down what it learned takes a while. */
  private static final int END_LIMIT_SECONDS = 60;

  private static final int QUIET_SAMPLES = 10;
  private static final Duration SAMPLE = Duration.ofMillis(100);

  /** What a process that has nothing to do may use of a core. */
  private static final double QUIET_SHARE = 0.1;

  private final String name;
  private final Process process;
  private final Path log;
  private final URI management;
  private final Instant startedAt;
  private final Thread atExit = new Thread(this::end);
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(
      String name, Process process, Path log, URI management, Instant startedAt) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.management = management;
    this.startedAt = startedAt;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Returns at once.
   *
   * @param role as {@code VITRINE_ROLE}
   * @param name as {@code VITRINE_POD_NAME}; its log is target/NAME.log
   * @param settings all else that is in its environment
   */
  public static OperatorProcess start(
      Path kubeconfig, String role, String name, Map<String, String> settings) throws IOException {
    var log = Path.of("target", name + ".log");
    var management = freePort();
    var builder = new ProcessBuilder(command());
    var environment = new HashMap<>(settings);
    environment.put("VITRINE_ROLE", role);
    environment.put("VITRINE_POD_NAME", name);
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var startedAt = Instant.now();
    return new OperatorProcess(
        name, builder.start(), log, URI.create("http://127.0.0.1:" + management), startedAt);
  }

  private static List<String> command() {
    var command = new ArrayList<String>();
    var root = System.getenv(ROOT_VARIABLE);
    if (root == null) {
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      command.addAll(List.of(java, "@java.options"));
    } else {
      var java = Path.of(root, "opt", "jre", "bin", "java").toString();
      command.addAll(List.of(java, "@" + root + "/opt/vitrine/java.options"));
      if (Files.exists(Path.of(root, AOT_CACHE))) { // not while it is being made
        command.add("-XX:AOTCache=" + Path.of(root, AOT_CACHE));
      }
    }
    command.add(MEMORY_LIMIT);
    var more = System.getenv(OPTIONS_VARIABLE);
    if (more != null && !more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    var jar =
        root == null
            ? "target/app/vitrine-operator.jar"
            : root + "/opt/vitrine/vitrine-operator.jar";
    command.addAll(List.of("-jar", jar));
    return command;
  }

  /** A kubeconfig with every right, for processes that reach that server. */
  public static Path kubeconfig(KubeApiServer server, Path folder) throws IOException {
    return kubeconfig(server.config(), folder, server.config().getOauthToken());
  }

  /** A kubeconfig with the rights of a token, for processes that reach a server so. */
  public static Path kubeconfig(Config config, Path folder, String token) throws IOException {
    var kubeconfig =
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        users: [{name: test, user: {token: "%s"}}]
        """
            .formatted(config.getMasterUrl(), config.getCaCertFile(), token);
    return Files.writeString(folder.resolve("kubeconfig").toAbsolutePath(), kubeconfig);
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String name() {
    return name;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** Address of a path on its port for health and metrics. */
  public URI management(String path) {
    return management.resolve(path);
  }

  /** All that it has said. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() {
    Awaitility.await("%s to be ready".formatted(name))
        .atMost(START_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(SAMPLE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("It has ended: see " + log.toAbsolutePath());
              }
              return isReady();
            });
  }

  /** Waits until it has had nothing to do for a second; gives the beginning of that second. */
  public Instant awaitQuiet() {
    var usedAt = new ArrayList<Double>();
    Awaitility.await("%s to have nothing to do".formatted(name))
        .atMost(START_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(SAMPLE)
        .until(
            () -> {
              usedAt.add(cpuMillis());
              var first = usedAt.size() - 1 - QUIET_SAMPLES;
              var limit = QUIET_SHARE * QUIET_SAMPLES * SAMPLE.toMillis();
              return first >= 0 && usedAt.getLast() - usedAt.get(first) < limit;
            });
    return Instant.now().minus(SAMPLE.multipliedBy(QUIET_SAMPLES));
  }

  /** Processor time that it has used. */
  public double cpuMillis() {
    return process
        .info()
        .totalCpuDuration()
        .map(Duration::toMillis)
        .orElseThrow(() -> new IllegalStateException("It has ended: see " + log.toAbsolutePath()));
  }

  /** Memory that it has now (VmRSS of proc(5)). */
  public double residentMebibytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it says that it is ready; false where it does not say anything. */
  public boolean isReady() {
    var request =
        HttpRequest.newBuilder(management("/readyz")).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** It ends at once, in the middle of whatever it does (SIGKILL). */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** It is told to end, as the kubelet tells a container; returns at once (SIGTERM). */
  public void tellToEnd() {
    process.destroy();
  }

  /** Runs that once it has ended, however it ends. */
  public void onEnd(Runnable action) {
    var _ = process.onExit().thenRun(action);
  }

  /** Waits until it has ended. */
  public void awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end: see " + log.toAbsolutePath());
    }
  }

  /** It gets no processor until {@link #thaw} (SIGSTOP). */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** It goes on where it was (SIGCONT). */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
    http.close();
  }

  private void end() {
    process.destroy();
    try {
      if (process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    var sent = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    if (sent.waitFor() != 0) {
      throw new IllegalStateException("%s cannot be sent SIG%s".formatted(name, signal));
    }
  }
}
