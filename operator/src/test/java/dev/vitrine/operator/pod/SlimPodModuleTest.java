package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodResourceClaimStatus;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlimPodModuleTest {

  private final ObjectMapper mapper = new ObjectMapper();
  private final KubernetesSerialization slim =
      new KubernetesSerialization(mapper.registerModule(new SlimPodModule()), true);
  private final KubernetesSerialization whole = new KubernetesSerialization();

  @Test
  void what_is_read_of_a_pod_is_kept() {
    var pod = pod("node-1");
    var read = read(pod);
    assertThat(facts(read)).isEqualTo(facts(pod));
    assertThat(read.getMetadata()).isEqualTo(pod.getMetadata());
    SlimPod.trim(read);
    assertThat(facts(read)).isEqualTo(facts(pod));
    assertThat(read.getMetadata().getLabels()).isNotEmpty();
  }

  @Test
  void what_nobody_reads_goes() {
    var pod = pod("node-1");
    pod.getStatus().setAdditionalProperty("news", "of a later Kubernetes");
    pod.getStatus().setHostIPs(List.of(new HostIP("10.0.0.9")));
    var container = new ContainerStatusBuilder().withName("other").build();
    pod.getStatus().setInitContainerStatuses(List.of(container));
    pod.getStatus().setEphemeralContainerStatuses(List.of(container));
    pod.getStatus().setResourceClaimStatuses(List.of(new PodResourceClaimStatus("claim", "gpu")));
    var read = read(pod);
    SlimPod.trim(read);
    assertThat(whole.asJson(read.getSpec())).isEqualTo("{\"nodeName\":\"node-1\"}");
    assertThat(whole.asJson(read.getStatus()))
        .contains("\"podIP\"")
        .doesNotContain("IPs", "Container", "resourceClaim", "news");
  }

  @Test
  void a_pod_without_a_node_has_none() {
    assertThat(new PodFacts(read(pod(null))).nodeName()).isEmpty();
  }

  @Test
  void whatever_else_is_called_like_a_node_is_none() {
    var json =
        """
        {"kind": "Pod", "apiVersion": "v1", "spec": {
          "a": {"nodeName": "x"}, "b": [{"nodeName": "y"}], "nodeName": %s, "c": [[1, null]]}}
        """;
    assertThat(slim.unmarshal(json.formatted("null"), Pod.class).getSpec().getNodeName()).isNull();
    assertThat(slim.unmarshal(json.formatted("\"z\""), Pod.class).getSpec().getNodeName())
        .isEqualTo("z");
    assertThatThrownBy(
            () -> slim.unmarshal("{\"kind\": \"Pod\", \"spec\": [1]}", Pod.class).getSpec())
        .hasStackTraceContaining(
            "Cannot deserialize value of type `io.fabric8.kubernetes.api.model.PodSpec`");
  }

  @Test
  void pods_of_a_node_share_what_they_are_made_of_and_others_do_not() {
    var one = read(pod("node-1"));
    assertThat(read(pod("node-1")).getSpec()).isSameAs(one.getSpec());
    assertThat(read(pod("node-2")).getSpec().getNodeName()).isEqualTo("node-2");
  }

  @Test
  void pods_and_what_others_make_pods_from_are_written_and_read_whole() {
    var pod = pod("node-1");
    assertThat(slim.asJson(pod)).isEqualTo(whole.asJson(pod));
    assertThat(slim.clone(pod).getSpec().getContainers()).as("a copy is read").isEmpty();
    var template = new PodTemplateSpec(pod.getMetadata(), pod.getSpec());
    assertThat(slim.unmarshal(whole.asJson(template), PodTemplateSpec.class)).isEqualTo(template);
  }

  private Pod read(Pod pod) {
    return slim.unmarshal(whole.asJson(pod), Pod.class);
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
