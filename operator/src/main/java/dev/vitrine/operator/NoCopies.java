package dev.vitrine.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Reconcilers get resources as the watch has them, and change none: a copy for each reconciliation,
 * which goes through JSON, costs more than all else in most of them.
 */
final class NoCopies implements Cloner {

  @Override
  public <R extends HasMetadata> R clone(R resource) {
    return resource;
  }
}
