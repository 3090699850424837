package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.Scrape;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged controller exports. */
class ExportIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @TempDir Path folder;

  private OperatorProcess start(String name) throws IOException {
    return OperatorProcess.start(
        OperatorProcess.kubeconfig(cluster, folder),
        "controller",
        name,
        Map.of("VITRINE_PUBLIC_URL", "https://stream.example"));
  }

  private static Scrape scrape(OperatorProcess controller) throws Exception {
    return Scrape.of(controller.management("/metrics"));
  }

  private static boolean leads(OperatorProcess controller) throws Exception {
    return scrape(controller).sum(Metric.LEADS.word(), Map.of()) == 1;
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
    try (var first = start("export-first")) {
      first.awaitReady();
      await("the first to lead").atMost(LIMIT).until(() -> leads(first));
      try (var second = start("export-second")) {
        second.awaitReady();
        assertThat(scrape(second).ours()).isEqualTo(Scrape.expected(Metric.LEADS));
        assertThat(leads(second)).isFalse();
        var leader = scrape(first);
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
        assertThat(first.log() + second.log()).doesNotContain("ERROR");
      }
    }
  }
}
