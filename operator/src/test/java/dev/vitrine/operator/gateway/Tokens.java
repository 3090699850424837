package dev.vitrine.operator.gateway;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Tokens of service accounts, as the kubelet and kubectl get them. */
final class Tokens {

  private Tokens() {}

  /**
   * A token of a namespace's default account.
   *
   * @param audience the API server's own where it is null
   */
  static String of(KubeApiServer cluster, String namespace, @Nullable String audience) {
    return of(cluster, namespace, "default", audience);
  }

  /** A token of an account. */
  static String of(
      KubeApiServer cluster, String namespace, String account, @Nullable String audience) {
    var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L);
    return issue(
        cluster,
        namespace,
        account,
        (audience == null ? request : request.withAudiences(audience)).endSpec().build());
  }

  /** A token that is bound to a pod, as a projected one is. */
  static String ofPod(KubeApiServer cluster, Pod pod, String audience) {
    return issue(
        cluster,
        pod.getMetadata().getNamespace(),
        "default",
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(3600L)
            .withAudiences(audience)
            .withNewBoundObjectRef(
                "v1", "Pod", pod.getMetadata().getName(), pod.getMetadata().getUid())
            .endSpec()
            .build());
  }

  private static String issue(
      KubeApiServer cluster, String namespace, String account, TokenRequest request) {
    return cluster
        .client()
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }
}
