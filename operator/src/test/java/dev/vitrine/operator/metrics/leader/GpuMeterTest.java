package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.leader.Cluster.claimed;
import static dev.vitrine.operator.metrics.leader.Cluster.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.FakeKubelet;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GpuMeterTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Cluster cluster = new Cluster();
  private final GpuMeter meter = new GpuMeter(cluster.stores, () -> now);

  /** By the pods' use. */
  private Map<String, Double> seconds() {
    return meter.readings().stream()
        .collect(Collectors.toMap(it -> it.labels().getLast(), it -> it.value()));
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void time_counts_while_a_pod_has_its_node_by_what_it_is_used_for() {
    meter.lead();
    var idle = pod("one", "gpu").build();
    cluster.watch(idle);
    pass(10);
    assertThat(seconds()).as("two devices a pod").isEqualTo(Map.of("idle", 20.0));
    cluster.watch(claimed(idle, "10"));
    pass(5);
    assertThat(seconds()).isEqualTo(Map.of("idle", 20.0, "session", 10.0));
    cluster.watchGone(claimed(idle, "10"));
    pass(100);
    assertThat(seconds()).isEqualTo(Map.of("idle", 20.0, "session", 10.0));
    assertThat(meter.readings())
        .extracting(it -> it.labels().subList(0, 4))
        .containsOnly(List.of("ns", "demo", "gpu", "nvidia.com/gpu"));
  }

  @Test
  void a_pod_without_a_node_or_whose_container_has_ended_holds_nothing() {
    meter.lead();
    cluster.watch(pod("one", "gpu").editSpec().withNodeName(null).endSpec().build());
    pass(10);
    assertThat(seconds()).isEmpty();
    var running = pod("one", "gpu").build();
    cluster.watch(running);
    pass(1);
    cluster.watch(
        new PodBuilder(running).withStatus(FakeKubelet.terminated(0, "Completed", "")).build());
    pass(10);
    assertThat(seconds()).isEqualTo(Map.of("idle", 2.0));
  }

  @Test
  void classes_without_a_gpu_count_nothing() {
    meter.lead();
    cluster.watch(pod("one", "cpu").build());
    pass(10);
    assertThat(seconds()).isEmpty();
  }

  @Test
  void before_it_leads_nothing_counts_and_then_what_there_is_does() {
    cluster.watch(pod("one", "gpu").build());
    pass(10);
    meter.lead();
    pass(1);
    assertThat(seconds()).isEqualTo(Map.of("idle", 2.0));
  }

  @Test
  void a_class_that_is_edited_changes_nothing_for_the_pods_that_there_are() {
    meter.lead();
    var one = pod("one", "gpu").build();
    cluster.watch(one);
    cluster.add("gpu", null);
    pass(1);
    cluster.watch(claimed(one, "01"));
    pass(1);
    assertThat(seconds()).isEqualTo(Map.of("idle", 2.0, "session", 2.0));
  }

  @Test
  void a_deleted_app_goes_once_its_pods_have() {
    meter.lead();
    var one = pod("one", "gpu").build();
    cluster.watch(one);
    cluster.stores.apps().remove("ns/demo");
    pass(1);
    assertThat(seconds()).isEqualTo(Map.of("idle", 2.0));
    cluster.watchGone(one);
    assertThat(seconds()).isEmpty();
  }
}
