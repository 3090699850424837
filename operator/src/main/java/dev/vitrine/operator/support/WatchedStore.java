package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the one informer of a kind knows, for all who want to know it: without managed fields, which
 * are half of a small object. Listeners hear of a change before any reconciliation that it wakes.
 */
public final class WatchedStore<T extends HasMetadata> extends BasicItemStore<T> {

  /** Hears of each change, on the informer's thread: must be quick. */
  public interface Listener<T> {

    /**
     * It appeared, changed, or is gone.
     *
     * @param before absent if it is new
     * @param after absent if it is gone
     */
    void changed(Optional<T> before, Optional<T> after);
  }

  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

  private final Consumer<T> trim;

  public WatchedStore() {
    this(item -> {});
  }

  /**
   * @param trim takes out of an item what nobody reads, before it is kept
   */
  public WatchedStore(Consumer<T> trim) {
    super(Cache::metaNamespaceKeyFunc);
    this.trim = trim;
  }

  public void listen(Listener<T> listener) {
    listeners.add(listener);
  }

  /** One resource of a kind that has namespaces. */
  public Optional<T> find(Key key) {
    return Optional.ofNullable(get(Cache.namespaceKeyFunc(key.namespace(), key.name())));
  }

  /** One resource of a kind that has no namespaces. */
  public Optional<T> find(String name) {
    return Optional.ofNullable(get(name));
  }

  @Override
  public @Nullable T put(String key, T item) {
    item.getMetadata().setManagedFields(List.of());
    trim.accept(item);
    var before = super.put(key, item);
    listeners.forEach(it -> it.changed(Optional.ofNullable(before), Optional.of(item)));
    return before;
  }

  @Override
  public @Nullable T remove(String key) {
    var gone = super.remove(key);
    if (gone != null) {
      listeners.forEach(it -> it.changed(Optional.of(gone), Optional.empty()));
    }
    return gone;
  }
}
