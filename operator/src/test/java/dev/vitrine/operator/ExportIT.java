package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.testing.Scrape;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged controller exports. */
class ExportIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @TempDir Path folder;

  private record Running(Process process, URI metrics) implements AutoCloseable {

    boolean leads() throws Exception {
      return Scrape.of(metrics).sum(Metric.LEADS.word(), Map.of()) == 1;
    }

    boolean answers() throws Exception {
      try {
        return process.isAlive() && !Scrape.of(metrics).ours().isEmpty();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private Running start(String name) throws Exception {
    var port = freePort();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(java, "-Xmx256m", "-jar", "target/quarkus-app/quarkus-run.jar");
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "VITRINE_ROLE",
                "controller",
                "VITRINE_PUBLIC_URL",
                "https://stream.example",
                "VITRINE_POD_NAME",
                name,
                "KUBECONFIG",
                kubeconfig().toString(),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    return new Running(builder.start(), URI.create("http://127.0.0.1:" + port + "/metrics"));
  }

  private Path kubeconfig() throws IOException {
    var config = cluster.config();
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        users: [{name: test, user: {token: "%s"}}]
        """
            .formatted(config.getMasterUrl(), config.getCaCertFile(), config.getOauthToken()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void of_two_controllers_one_counts_and_the_other_says_that_it_does_not() throws Exception {
    var system =
        new NamespaceBuilder().withNewMetadata().withName("vitrine-system").endMetadata().build();
    cluster.client().resource(system).createOr(existing -> existing.update());
    cluster
        .client()
        .resource(
            """
            apiVersion: vitrine.dev/v1alpha1
            kind: StreamClass
            metadata: {name: exported}
            spec: {}
            """)
        .createOr(existing -> existing.update());
    try (var first = start("first")) {
      await("the first to lead").atMost(LIMIT).until(() -> first.answers() && first.leads());
      try (var second = start("second")) {
        await("the second to answer").atMost(LIMIT).until(second::answers);
        assertThat(Scrape.of(second.metrics()).ours()).isEqualTo(Scrape.expected(Metric.LEADS));
        assertThat(second.leads()).isFalse();
        var leader = Scrape.of(first.metrics());
        assertThat(leader.ours())
            .containsAll(
                Scrape.expected(
                    Metric.LEADS,
                    Metric.QUEUE_LENGTH,
                    Metric.SESSION_STAGE,
                    Metric.SESSION_ASSIGNED,
                    Metric.SESSION_FIRST_FRAME,
                    Metric.SESSIONS_ENDED));
        assertThat(leader.values("class")).contains("exported");
      }
    }
    assertThat(List.of("first", "second"))
        .allSatisfy(
            name -> assertThat(folder.resolve(name + ".log")).content().doesNotContain("ERROR"));
  }
}
