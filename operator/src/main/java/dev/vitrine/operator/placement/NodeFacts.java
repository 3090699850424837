package dev.vitrine.operator.placement;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeSpecBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.Optional;

/** What a node says of itself, without fabric8's nulls. */
public record NodeFacts(Node node) {

  /** The taint that Kubernetes' node controller puts on every cordoned node. */
  private static final String CORDON = "node.kubernetes.io/unschedulable";

  public String name() {
    return node.getMetadata().getName();
  }

  /** Whether it takes no new pods. */
  public boolean isCordoned() {
    return Boolean.TRUE.equals(spec().getUnschedulable());
  }

  /** Since when it is cordoned; empty also until Kubernetes has noted it, which takes a moment. */
  public Optional<Instant> cordonedAt() {
    return isCordoned()
        ? spec().getTaints().stream()
            .filter(taint -> taint.getKey().equals(CORDON) && taint.getTimeAdded() != null)
            .map(Taint::getTimeAdded)
            .map(Instant::parse)
            .findFirst()
        : Optional.empty();
  }

  private NodeSpec spec() {
    return node.getSpec() == null ? new NodeSpecBuilder().build() : node.getSpec();
  }
}
