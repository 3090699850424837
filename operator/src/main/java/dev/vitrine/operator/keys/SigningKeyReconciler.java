package dev.vitrine.operator.keys;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Sees to it that a signing key exists, once, when the controller starts. */
public final class SigningKeyReconciler {

  /** Signs assignments; the controller's alone. */
  public static final String ASSIGNMENT_KEY = "vitrine-assignment-key";

  /** Signs connect tokens; mounted by the gateway. */
  public static final String CONNECT_KEY = "vitrine-connect-key";

  private static final String PRIVATE = "private.jwk";

  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param namespace where the Secrets are
   */
  public SigningKeyReconciler(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * The key in that Secret, made if there is none.
   *
   * @throws IllegalStateException with a sentence if the Secret holds something else
   */
  public SigningKey keyIn(String secretName) {
    return read(find(secretName).orElseGet(() -> create(secretName)));
  }

  private Optional<Secret> find(String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  /** Two controllers may start at once: whose key comes second uses the first. */
  private Secret create(String name) {
    var metadata = new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    var secret =
        new SecretBuilder()
            .withMetadata(metadata)
            .withStringData(Map.of(PRIVATE, SigningKey.generate().toPrivateJwk()))
            .build();
    try {
      return client.resource(secret).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      return find(name).orElseThrow(() -> e);
    }
  }

  private static SigningKey read(Secret secret) {
    var name = secret.getMetadata().getName();
    var encoded = secret.getData() == null ? null : secret.getData().get(PRIVATE);
    if (encoded == null) {
      throw new IllegalStateException(
          "Secret %s has no %s: delete it to have a key made".formatted(name, PRIVATE));
    }
    try {
      var json = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return SigningKey.parsePrivateJwk(json);
    } catch (BadMessageException e) {
      throw new IllegalStateException(
          "Secret %s holds no signing key: delete it to have one made".formatted(name), e);
    }
  }
}
