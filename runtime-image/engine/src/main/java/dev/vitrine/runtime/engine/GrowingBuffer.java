package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;

/** A vertex buffer that is replaced by a larger one when it must hold more. */
final class GrowingBuffer implements GpuScope.Owned {

  private static final long LEAST_BYTES = 4096;

  private final Gpu gpu;
  private Buffer buffer;

  GrowingBuffer(Gpu gpu) {
    this.gpu = gpu;
    this.buffer = create(LEAST_BYTES);
  }

  Buffer buffer() {
    return buffer;
  }

  /** Makes room, and forgets what was there if that needs another buffer. */
  void ensure(long bytes) {
    if (bytes <= buffer.bytes()) {
      return;
    }
    buffer.close();
    // Half as much again, so that a scene that grows bit by bit does not get a buffer each time.
    buffer = create(bytes + bytes / 2);
  }

  private Buffer create(long bytes) {
    return Buffer.create(gpu, bytes, Buffer.Usage.GEOMETRY, MemoryKind.DEVICE);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
