package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the one informer of a kind knows, for all who want to know it: without managed fields, which
 * are half of a small object. Listeners hear of a change before any reconciliation that it wakes.
 * What this process has written is known before the watch tells of it, whatever older news the
 * watch still brings: else the next reconciliation would write over it.
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

  /** As the API server answered, by key, until the watch is as far. */
  private final Map<String, T> written = new ConcurrentHashMap<>();

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

  /** What the API server answered to a write; passed over if it is no news, or gone by now. */
  public synchronized void wrote(T item) {
    var key = getKey(item);
    var known = get(key);
    if (known != null
        && known.getMetadata().getUid().equals(item.getMetadata().getUid())
        && ResourceVersion.of(item) > ResourceVersion.of(known)) {
      written.put(key, trimmed(item));
    }
  }

  @Override
  public @Nullable T get(String key) {
    var newest = written.get(key);
    return newest == null ? super.get(key) : newest;
  }

  @Override
  public Stream<T> values() {
    return written.isEmpty() ? super.values() : keySet().map(this::get).filter(Objects::nonNull);
  }

  @Override
  public synchronized @Nullable T put(String key, T item) {
    var before = super.put(key, trimmed(item));
    var newest = written.get(key);
    if (newest != null && ResourceVersion.of(newest) <= ResourceVersion.of(item)) {
      written.remove(key);
    }
    listeners.forEach(it -> it.changed(Optional.ofNullable(before), Optional.of(item)));
    return before;
  }

  @Override
  public synchronized @Nullable T remove(String key) {
    written.remove(key);
    var gone = super.remove(key);
    if (gone != null) {
      listeners.forEach(it -> it.changed(Optional.of(gone), Optional.empty()));
    }
    return gone;
  }

  private T trimmed(T item) {
    item.getMetadata().setManagedFields(List.of());
    item.getMetadata().setAdditionalProperties(Map.of());
    trim.accept(item);
    return item;
  }
}
