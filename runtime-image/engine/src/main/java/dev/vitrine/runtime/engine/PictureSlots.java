package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bounded number of slots, taken by the render thread and given back by any thread. */
final class PictureSlots {

  private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);

  private final Gpu gpu;
  private final int count;
  private final Semaphore permits;
  private final ConcurrentLinkedQueue<PictureSlot> free = new ConcurrentLinkedQueue<>();

  PictureSlots(Gpu gpu, int count) {
    this.gpu = gpu;
    this.count = count;
    this.permits = new Semaphore(count);
  }

  PictureSlot take(PictureSize size) {
    if (!permits.tryAcquire()) {
      throw new IllegalStateException(
          "all %d pictures are still open: close one before rendering the next".formatted(count));
    }
    try {
      for (var slot = free.poll(); slot != null; slot = free.poll()) {
        if (slot.layout().size().equals(size)) {
          return slot;
        }
        slot.close();
      }
      return PictureSlot.create(gpu, size);
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  void giveBack(PictureSlot slot) {
    free.add(slot);
    permits.release();
  }

  /**
   * Waits a little for open pictures, and frees all slots.
   *
   * @return false if pictures are still open: their memory must not be freed under their readers
   */
  boolean close() {
    boolean all;
    try {
      all = permits.tryAcquire(count, CLOSING_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all = permits.tryAcquire(count);
    }
    if (all) {
      free.forEach(GpuScope.Owned::close);
      free.clear();
    }
    return all;
  }
}
