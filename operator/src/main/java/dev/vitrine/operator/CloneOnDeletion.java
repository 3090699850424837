package dev.vitrine.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Reconcilers get resources as the watch has them, and change none: a copy for each reconciliation,
 * which goes through JSON, costs more than all else in most of them. What is deleted is copied: the
 * framework takes its finalizer out of what it handed over.
 */
final class CloneOnDeletion implements Cloner {

  private final KubernetesSerialization serialization;

  CloneOnDeletion(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  @Override
  public <R extends HasMetadata> R clone(R resource) {
    return resource.isMarkedForDeletion() ? serialization.clone(resource) : resource;
  }
}
