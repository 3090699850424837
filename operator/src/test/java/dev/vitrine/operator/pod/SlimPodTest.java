package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SlimPodTest {

  @Test
  void what_is_read_of_a_pod_is_kept() {
    var pod = pod("node-1");
    var facts = facts(pod);
    SlimPod.trim(pod);
    assertThat(facts(pod)).isEqualTo(facts);
    assertThat(pod.getMetadata().getLabels()).isNotEmpty();
  }

  @Test
  void what_nobody_reads_goes() {
    var pod = pod("node-1");
    pod.getStatus().setAdditionalProperty("news", "of a later Kubernetes");
    SlimPod.trim(pod);
    assertThat(Serialization.asJson(pod.getSpec())).isEqualTo("{\"nodeName\":\"node-1\"}");
    assertThat(Serialization.asJson(pod.getStatus())).doesNotContain("podIPs", "news");
  }

  @Test
  void a_pod_without_a_node_has_none() {
    var pod = pod(null);
    SlimPod.trim(pod);
    assertThat(new PodFacts(pod).nodeName()).isEmpty();
  }

  @Test
  void pods_of_a_node_share_what_they_are_made_of_and_others_do_not() {
    var one = pod("node-1");
    var two = pod("node-1");
    var other = pod("node-2");
    List.of(one, two, other).forEach((Consumer<Pod>) SlimPod::trim);
    assertThat(one.getSpec()).isSameAs(two.getSpec());
    assertThat(other.getSpec().getNodeName()).isEqualTo("node-2");
  }

  private static List<Object> facts(Pod pod) {
    var facts = new PodFacts(pod);
    return List.of(
        facts.nodeName(),
        facts.address(),
        facts.isReady(),
        facts.scheduledAt(),
        facts.isOver(),
        facts.trouble(),
        facts.revision());
  }

  private static Pod pod(String node) {
    var app = Fixtures.app(List.of(), null);
    var pod =
        new RuntimePodFactory("image")
            .desired(app, Fixtures.revision(app), Fixtures.streamClass("cpu", null), Map.of());
    return new PodBuilder(pod)
        .editSpec()
        .withNodeName(node)
        .endSpec()
        .withStatus(FakeKubelet.running("10.0.0.1"))
        .build();
  }
}
