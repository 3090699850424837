package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPolicyFactoryTest {

  private final StreamingApp app = Fixtures.app(List.of(), null);

  private final List<NetworkPolicy> policies =
      new NetworkPolicyFactory("vitrine-system").desired(app);

  @Test
  void a_pod_sends_of_itself_to_the_gateway_and_dns_only() {
    assertThat(policies.getFirst().getMetadata().getName()).isEqualTo("vitrine-demo");
    assertThat(policies.getFirst().getSpec())
        .isEqualTo(
            spec(
                """
                podSelector:
                  matchLabels: {vitrine.dev/app: demo}
                policyTypes: [Ingress, Egress]
                ingress:
                  - from:
                      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: vitrine-system}}
                        podSelector: {matchLabels: {app.kubernetes.io/name: vitrine-gateway}}
                      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: vitrine-system}}
                        podSelector: {matchLabels: {app.kubernetes.io/name: vitrine-controller}}
                    ports: [{port: 8080, protocol: TCP}]
                  - ports: [{port: 47998, protocol: UDP}]
                egress:
                  - to:
                      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: vitrine-system}}
                        podSelector: {matchLabels: {app.kubernetes.io/name: vitrine-gateway}}
                    ports: [{port: 8080, protocol: TCP}]
                  - ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
                """));
  }

  @Test
  void a_pod_that_watches_reaches_the_pictures_of_its_own_app_as_well() {
    assertThat(policies.getLast().getMetadata().getName()).isEqualTo("vitrine-demo.viewers");
    assertThat(policies.getLast().getSpec())
        .isEqualTo(
            spec(
                """
                podSelector:
                  matchLabels: {vitrine.dev/app: demo}
                  matchExpressions: [{key: vitrine.dev/watches, operator: Exists}]
                policyTypes: [Egress]
                egress:
                  - to:
                      - podSelector:
                          matchLabels: {vitrine.dev/app: demo}
                          matchExpressions: [{key: vitrine.dev/watches, operator: DoesNotExist}]
                    ports: [{port: 47998, protocol: UDP}]
                """));
  }

  @Test
  void they_go_with_the_app() {
    assertThat(policies)
        .allSatisfy(
            policy -> {
              assertThat(policy.getMetadata().getNamespace())
                  .isEqualTo(app.getMetadata().getNamespace());
              assertThat(policy.getMetadata().getOwnerReferences())
                  .singleElement()
                  .satisfies(
                      owner -> {
                        assertThat(owner.getUid()).isEqualTo(app.getMetadata().getUid());
                        assertThat(owner.getController()).isTrue();
                      });
            });
  }

  private static NetworkPolicySpec spec(String yaml) {
    return Serialization.unmarshal(yaml, NetworkPolicySpec.class);
  }
}
