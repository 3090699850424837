package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Namespace and name of a resource. */
public record Key(String namespace, String name) {

  public static Key of(HasMetadata resource) {
    return new Key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
