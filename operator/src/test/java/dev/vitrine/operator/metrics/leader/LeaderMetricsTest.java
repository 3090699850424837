package dev.vitrine.operator.metrics.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LeaderMetricsTest {

  private final Cluster cluster = new Cluster();
  private final CollectorRegistry exported = new CollectorRegistry(true);

  private Set<String> names() {
    return Collections.list(exported.metricFamilySamples()).stream()
        .filter(family -> !family.samples.isEmpty())
        .map(family -> family.name)
        .collect(Collectors.toSet());
  }

  @Test
  void who_does_not_lead_says_only_that() {
    var clock = InstantSource.system();
    try (var client = new KubernetesClientBuilder().withConfig(Config.empty()).build();
        var placements =
            new Placements(
                client,
                cluster.stores,
                new RuntimePodFactory("image"),
                SessionTraces.off(),
                clock);
        var metrics = new LeaderMetrics(exported, cluster.stores, placements, clock)) {
      cluster.watch(Cluster.session("one"));
      assertThat(names()).containsExactly(Metric.LEADS.word());
      assertThat(exported.getSampleValue(Metric.LEADS.word())).isZero();
      metrics.lead();
      assertThat(exported.getSampleValue(Metric.LEADS.word())).isEqualTo(1);
      assertThat(names()).contains(Metric.SESSIONS.word(), Metric.SESSION_ASSIGNED.word());
    }
    assertThat(names()).isEmpty();
  }
}
