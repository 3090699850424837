package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.List;
import java.util.Map;

/**
 * The NetworkPolicies that keep an app's pods apart from each other, the API server and the node.
 * Whatever a pod sends of itself goes to the gateway or to DNS; to viewers it sends only what
 * answers them, and answers pass
 * (kubernetes.io/docs/concepts/services-networking/network-policies).
 */
public final class NetworkPolicyFactory {

  private static final int GATEWAY_PORT = 8080;
  private static final int DNS_PORT = 53;

  private final String systemNamespace;

  /**
   * @param systemNamespace where gateway and controller run
   */
  public NetworkPolicyFactory(String systemNamespace) {
    this.systemNamespace = systemNamespace;
  }

  /** Owned by the app, so that they go with it. */
  public List<NetworkPolicy> desired(StreamingApp app) {
    return List.of(ofAll(app), ofViewers(app));
  }

  private NetworkPolicy ofAll(StreamingApp app) {
    return policy(
        app,
        "vitrine-" + app.getMetadata().getName(),
        new NetworkPolicySpecBuilder()
            .withPodSelector(new LabelSelector(List.of(), labels(app)))
            .withPolicyTypes("Ingress", "Egress")
            .withIngress(
                from(
                    tcp(RuntimeContainerFactory.SIGNALLING_PORT),
                    system("vitrine-gateway"),
                    system("vitrine-controller")),
                from(udp(RuntimeContainerFactory.MEDIA_PORT)))
            .withEgress(to(tcp(GATEWAY_PORT), system("vitrine-gateway")), toDns())
            .build());
  }

  /** Policies add up: those that watch a session of their app are the only ones to reach pods. */
  private static NetworkPolicy ofViewers(StreamingApp app) {
    var sessions = new NetworkPolicyPeer(null, null, watching(app, "DoesNotExist"));
    return policy(
        app,
        "vitrine-%s.viewers".formatted(app.getMetadata().getName()), // no app has a dot in its name
        new NetworkPolicySpecBuilder()
            .withPodSelector(watching(app, "Exists"))
            .withPolicyTypes("Egress")
            .withEgress(to(udp(RuntimeContainerFactory.MEDIA_PORT), sessions))
            .build());
  }

  private static NetworkPolicy policy(StreamingApp app, String name, NetworkPolicySpec spec) {
    var metadata =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(app.getMetadata().getNamespace())
            .withLabels(labels(app))
            .withOwnerReferences(Owners.controller(app))
            .build();
    return new NetworkPolicyBuilder().withMetadata(metadata).withSpec(spec).build();
  }

  private static LabelSelector watching(StreamingApp app, String operator) {
    return new LabelSelector(
        List.of(new LabelSelectorRequirement(Labels.WATCHES, operator, List.of())), labels(app));
  }

  private static Map<String, String> labels(StreamingApp app) {
    return Map.of(PodLabels.APP, app.getMetadata().getName());
  }

  /** Wherever it is: a pod with any label, the node, or an address that only the node knows. */
  private static NetworkPolicyEgressRule toDns() {
    return new NetworkPolicyEgressRuleBuilder().withPorts(udp(DNS_PORT), tcp(DNS_PORT)).build();
  }

  private static NetworkPolicyIngressRule from(NetworkPolicyPort port, NetworkPolicyPeer... who) {
    return new NetworkPolicyIngressRuleBuilder().withPorts(port).withFrom(who).build();
  }

  private static NetworkPolicyEgressRule to(NetworkPolicyPort port, NetworkPolicyPeer whom) {
    return new NetworkPolicyEgressRuleBuilder().withPorts(port).withTo(whom).build();
  }

  private NetworkPolicyPeer system(String name) {
    return new NetworkPolicyPeer(
        null,
        new LabelSelector(List.of(), Map.of("kubernetes.io/metadata.name", systemNamespace)),
        new LabelSelector(List.of(), Map.of("app.kubernetes.io/name", name)));
  }

  private static NetworkPolicyPort tcp(int number) {
    return new NetworkPolicyPort(null, new IntOrString(number), "TCP");
  }

  private static NetworkPolicyPort udp(int number) {
    return new NetworkPolicyPort(null, new IntOrString(number), "UDP");
  }
}
