package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import java.util.ArrayList;
import java.util.List;

/**
 * GPU memory for meshes, taken in large blocks: drivers allow only some thousand allocations, and a
 * stage has more meshes than that.
 */
final class GeometryMemory implements GpuScope.Owned {

  private static final long BLOCK_BYTES = 32L << 20;

  /** A piece of one block. */
  record Range(Buffer buffer, RangeAllocator allocator, long offset, long bytes) {}

  private record Block(Buffer buffer, RangeAllocator allocator) {}

  private final Gpu gpu;
  private final List<Block> blocks = new ArrayList<>();

  GeometryMemory(Gpu gpu) {
    this.gpu = gpu;
  }

  Range allocate(long bytes) {
    for (var block : blocks) {
      var offset = block.allocator().allocate(bytes);
      if (offset.isPresent()) {
        return new Range(block.buffer(), block.allocator(), offset.getAsLong(), bytes);
      }
    }
    long size = Math.max(BLOCK_BYTES, RangeAllocator.aligned(bytes));
    var buffer = Buffer.create(gpu, size, Buffer.Usage.GEOMETRY, MemoryKind.DEVICE);
    var block = new Block(buffer, new RangeAllocator(size));
    blocks.add(block);
    long offset = block.allocator().allocate(bytes).orElseThrow();
    return new Range(buffer, block.allocator(), offset, bytes);
  }

  /** Gives a range back; no commands that read it may run. */
  void free(Range range) {
    range.allocator().free(range.offset(), range.bytes());
    blocks.removeIf(
        block -> {
          boolean empty = block.allocator().isEmpty();
          if (empty) {
            block.buffer().close();
          }
          return empty;
        });
  }

  /** The GPU memory taken, including the gaps. */
  long bytes() {
    return blocks.stream().mapToLong(block -> block.buffer().bytes()).sum();
  }

  @Override
  public void close() {
    blocks.forEach(block -> block.buffer().close());
    blocks.clear();
  }
}
