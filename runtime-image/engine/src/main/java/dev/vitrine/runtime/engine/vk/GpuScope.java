package dev.vitrine.runtime.engine.vk;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owns GPU objects and closes them in reverse order of creation, even when one close fails. */
public final class GpuScope implements AutoCloseable {

  /** What a scope can own: its close throws nothing checked. */
  @FunctionalInterface
  public interface Owned extends AutoCloseable {
    @Override
    void close();
  }

  /** How objects are made within a scope. */
  @FunctionalInterface
  public interface Factory<T> {
    T create(GpuScope scope);
  }

  private final Deque<Owned> owned = new ArrayDeque<>();

  /** Makes something of several objects; if that fails halfway, those made already are closed. */
  public static <T> T build(Factory<T> factory) {
    var scope = new GpuScope();
    try {
      return factory.create(scope);
    } catch (RuntimeException e) {
      try {
        scope.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  public <T extends Owned> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
