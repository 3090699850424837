package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeFactsTest {

  private static final Taint CORDON =
      new Taint("NoSchedule", "node.kubernetes.io/unschedulable", "2026-01-01T00:00:00Z", null);
  private static final Taint OTHER =
      new Taint("NoSchedule", "nvidia.com/gpu", "2025-01-01T00:00:00Z", null);

  @Test
  void a_cordon_counts_from_the_time_that_kubernetes_noted() {
    var facts = new NodeFacts(node(true, OTHER, CORDON));
    assertThat(facts.isCordoned()).isTrue();
    assertThat(facts.cordonedAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void a_cordon_that_kubernetes_has_not_noted_yet_has_no_time() {
    assertThat(new NodeFacts(node(true, OTHER)).isCordoned()).isTrue();
    assertThat(new NodeFacts(node(true, OTHER)).cordonedAt()).isEmpty();
    var untimed = new Taint(CORDON.getEffect(), CORDON.getKey(), null, null);
    assertThat(new NodeFacts(node(true, untimed)).cordonedAt()).isEmpty();
  }

  @Test
  void a_taint_that_outlives_the_cordon_for_a_moment_means_nothing() {
    assertThat(new NodeFacts(node(null, CORDON)).isCordoned()).isFalse();
    assertThat(new NodeFacts(node(null, CORDON)).cordonedAt()).isEmpty();
    assertThat(new NodeFacts(new NodeBuilder().build()).isCordoned()).isFalse();
  }

  private static Node node(Boolean unschedulable, Taint... taints) {
    return new NodeBuilder()
        .withNewSpec()
        .withUnschedulable(unschedulable)
        .withTaints(taints)
        .endSpec()
        .build();
  }
}
