package dev.vitrine.operator.bench;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged application in a process of its own, with the JVM's options of its image. */
final class OperatorProcess implements AutoCloseable {

  /** Options for the JVM under test, such as those that record a profile. */
  private static final String OPTIONS_VARIABLE = "VITRINE_BENCH_JVM_OPTIONS";

  private static final List<String> JVM_OPTIONS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxRAM=512m", // the limit of its container
          "-XX:MaxRAMPercentage=60");

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int END_LIMIT_SECONDS = 20;
  private static final int QUIET_SAMPLES = 10;
  private static final Duration SAMPLE = Duration.ofMillis(100);

  /** What a process that has nothing to do may use of a core. */
  private static final double QUIET_SHARE = 0.1;

  private final Process process;
  private final Path log;
  private final URI readiness;
  private final Instant startedAt;
  private final Thread atExit = new Thread(this::end);
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Process process, Path log, URI readiness, Instant startedAt) {
    this.process = process;
    this.log = log;
    this.readiness = readiness;
    this.startedAt = startedAt;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Returns at once. */
  static OperatorProcess start(KubeApiServer server, String role, Map<String, String> settings)
      throws IOException {
    var log = Path.of("target", "bench-" + role + ".log");
    var management = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    var more = System.getenv(OPTIONS_VARIABLE);
    if (more != null && !more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(settings);
    builder
        .environment()
        .putAll(
            Map.of(
                "VITRINE_ROLE",
                role,
                "KUBECONFIG",
                kubeconfig(server).toString(),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(management),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1"));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var startedAt = Instant.now();
    return new OperatorProcess(
        builder.start(), log, URI.create("http://127.0.0.1:" + management + "/readyz"), startedAt);
  }

  Instant startedAt() {
    return startedAt;
  }

  /** Waits until it says that it is ready. */
  void awaitReady() {
    Awaitility.await("the process to be ready")
        .atMost(START_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(SAMPLE)
        .until(this::isReady);
  }

  /** Waits until it has had nothing to do for a second; gives the beginning of that second. */
  Instant awaitQuiet() {
    var usedAt = new ArrayList<Double>();
    Awaitility.await("the process to have nothing to do")
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
  double cpuMillis() {
    return process
        .info()
        .totalCpuDuration()
        .map(Duration::toMillis)
        .orElseThrow(() -> new IllegalStateException("It has ended: see " + log.toAbsolutePath()));
  }

  /** Memory that it has now (VmRSS of proc(5)). */
  double residentMebibytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
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

  private boolean isReady() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("It has ended: see " + log.toAbsolutePath());
    }
    var request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path kubeconfig(KubeApiServer server) throws IOException {
    var config = server.config();
    var kubeconfig =
        """
        apiVersion: v1
        kind: Config
        current-context: bench
        clusters: [{name: bench, cluster: {server: "%s", certificate-authority: "%s"}}]
        contexts: [{name: bench, context: {cluster: bench, user: bench}}]
        users: [{name: bench, user: {token: "%s"}}]
        """
            .formatted(config.getMasterUrl(), config.getCaCertFile(), config.getOauthToken());
    return Files.writeString(Path.of("target", "bench-kubeconfig").toAbsolutePath(), kubeconfig);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
