package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;

/** Memory for one picture that the GPU writes and the CPU reads. */
record PictureSlot(I420Layout layout, Buffer buffer) implements GpuScope.Owned {

  static PictureSlot create(Gpu gpu, PictureSize size) {
    var layout = new I420Layout(size);
    return new PictureSlot(
        layout, Buffer.create(gpu, layout.bytes(), Buffer.Usage.STORAGE, MemoryKind.READBACK));
  }

  @Override
  public void close() {
    buffer.close();
  }
}
