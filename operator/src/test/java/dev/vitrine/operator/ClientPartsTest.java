package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.api.v1alpha1.StreamSession;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class ClientPartsTest {

  private final ObjectMapper mapper = new ObjectMapper();
  private final KubernetesSerialization client;

  ClientPartsTest() {
    new ClientParts().customize(mapper);
    client = new KubernetesSerialization(mapper, true);
  }

  @Test
  void managed_fields_are_passed_over() {
    var session =
        client.unmarshal(
            """
            {"apiVersion": "vitrine.dev/v1alpha1", "kind": "StreamSession",
             "metadata": {"name": "one", "managedFields": [{"manager": "somebody"}]},
             "spec": {"app": "viewer"}}
            """,
            StreamSession.class);
    assertThat(session.getMetadata().getManagedFields()).isEmpty();
    assertThat(session.getMetadata().getName()).isEqualTo("one");
  }

  @Test
  void equal_strings_are_one() {
    var json = "{\"kind\": \"Pod\", \"metadata\": {\"labels\": {\"app\": \"viewer\"}}}";
    assertThat(app(json)).isSameAs(app(json)).isEqualTo("viewer");
  }

  private String app(String json) {
    return client.unmarshal(json, Pod.class).getMetadata().getLabels().get("app");
  }

  @Test
  void of_what_a_pod_is_made_of_only_its_node_is_read() {
    var pod =
        client.unmarshal(
            "{\"kind\": \"Pod\", \"spec\": {\"nodeName\": \"node-1\", \"hostname\": \"x\"}}",
            Pod.class);
    assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
    assertThat(pod.getSpec().getHostname()).isNull();
  }
}
