package dev.vitrine.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.vitrine.operator.pod.SlimPodModule;
import dev.vitrine.operator.support.SharedStrings;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** How the client of the API server reads what it is told. */
@Singleton
final class ClientParts implements KubernetesClientObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    mapper.registerModule(new SlimPodModule());
    mapper.registerModule(
        new SimpleModule("vitrine").addDeserializer(String.class, new SharedStrings()));
  }

  /** They are half of a small object, and nobody reads them: they are passed over unread. */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}
}
