package dev.vitrine.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.vitrine.operator.support.SharedStrings;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** How the client of the API server reads what it is told. */
@Singleton
final class ClientParts implements KubernetesClientObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("vitrine").addDeserializer(String.class, new SharedStrings()));
  }
}
