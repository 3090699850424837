package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The versions that the API server gives to resources are numbers that grow (KEP-5504). */
public final class ResourceVersion {

  private ResourceVersion() {}

  /** The version of a resource that came from the API server. */
  public static long of(HasMetadata resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }
}
