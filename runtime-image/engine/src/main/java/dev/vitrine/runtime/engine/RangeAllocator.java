package dev.vitrine.runtime.engine;

import java.util.OptionalLong;
import java.util.TreeMap;

/** Which parts of a block of memory are taken. Ranges are whole multiples of {@link #ALIGNMENT}. */
final class RangeAllocator {

  /** Enough for every vertex and index format. */
  static final long ALIGNMENT = 16;

  private final long capacity;
  private final TreeMap<Long, Long> freeSizes = new TreeMap<>();
  private long used;

  RangeAllocator(long capacity) {
    this.capacity = capacity;
    freeSizes.put(0L, capacity);
  }

  static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /** The offset of the first gap that is large enough, now taken; empty when there is none. */
  OptionalLong allocate(long bytes) {
    long size = aligned(bytes);
    var gap = freeSizes.entrySet().stream().filter(free -> free.getValue() >= size).findFirst();
    if (gap.isEmpty()) {
      return OptionalLong.empty();
    }
    long offset = gap.get().getKey();
    long rest = gap.get().getValue() - size;
    freeSizes.remove(offset);
    if (rest > 0) {
      freeSizes.put(offset + size, rest);
    }
    used += size;
    return OptionalLong.of(offset);
  }

  /**
   * Gives back what {@link #allocate} gave out for as many bytes, and joins it to its neighbours.
   */
  void free(long offset, long bytes) {
    long start = offset;
    long end = offset + aligned(bytes);
    used -= end - start;
    var before = freeSizes.lowerEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      start = before.getKey();
    }
    var after = freeSizes.remove(end);
    if (after != null) {
      end += after;
    }
    freeSizes.put(start, end - start);
    if (used < 0 || end > capacity) {
      throw new IllegalStateException("a range was given back that nobody had");
    }
  }
}
