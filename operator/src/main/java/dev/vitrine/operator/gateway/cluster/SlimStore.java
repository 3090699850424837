package dev.vitrine.operator.gateway.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/** Keeps objects without their managed fields, which are half of a small object and unread here. */
final class SlimStore<T extends HasMetadata> extends BasicItemStore<T> {

  SlimStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public T put(String key, T item) {
    item.getMetadata().setManagedFields(List.of());
    return super.put(key, item);
  }
}
