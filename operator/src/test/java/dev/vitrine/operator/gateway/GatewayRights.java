package dev.vitrine.operator.gateway;

import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rights of the gateway's service account, and not one more. */
final class GatewayRights {

  private static final String NAME = "vitrine-gateway-under-test";

  private static final List<PolicyRule> RULES =
      List.of(
          rule("vitrine.dev", "streamsessions", "get", "list", "watch", "create", "delete"),
          rule("vitrine.dev", "streamsessions/status", "patch"),
          rule("vitrine.dev", "streamingapps", "get", "list", "watch"),
          rule("vitrine.dev", "streamclasses", "get", "list", "watch"),
          rule("", "pods", "get", "list", "watch"),
          rule("authentication.k8s.io", "tokenreviews", "create"),
          rule("authorization.k8s.io", "subjectaccessreviews", "create"));

  private GatewayRights() {}

  /** A kubeconfig of a service account with these rights, which reaches the server so. */
  static Path kubeconfig(KubeApiServer cluster, Config way, Path folder) throws IOException {
    var client = cluster.client();
    var role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withRules(RULES)
            .build();
    var namespace = cluster.newNamespace();
    var binding =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(NAME + "-" + namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
            .addNewSubject("", "ServiceAccount", "default", namespace)
            .build();
    client.resource(role).createOr(existing -> existing.update());
    client.resource(binding).create();
    return OperatorProcess.kubeconfig(way, folder, Tokens.of(cluster, namespace, null));
  }

  private static PolicyRule rule(String group, String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }
}
