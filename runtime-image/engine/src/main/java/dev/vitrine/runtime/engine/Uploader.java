package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.BufferUse;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Fence;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Copies data of any size to the GPU through a staging buffer of one size. */
final class Uploader implements GpuScope.Owned {

  private static final long STAGING_BYTES = 8L << 20;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Gpu gpu;
  private final GpuScope scope;
  private final Buffer staging;
  private final CommandBuffer commands;
  private final Fence fence;
  private long staged;

  private Uploader(Gpu gpu, GpuScope scope) {
    this.gpu = gpu;
    this.scope = scope;
    this.staging =
        scope.own(Buffer.create(gpu, STAGING_BYTES, Buffer.Usage.STAGING, MemoryKind.UPLOAD));
    this.commands = scope.own(CommandBuffer.create(gpu));
    this.fence = scope.own(Fence.create(gpu));
  }

  static Uploader create(Gpu gpu) {
    return GpuScope.build(scope -> new Uploader(gpu, scope));
  }

  /** Copies all of a segment, which is not read after this returns. */
  void upload(MemorySegment from, Buffer to, long offset) {
    long done = 0;
    while (done < from.byteSize()) {
      if (staged == STAGING_BYTES) {
        flush();
      }
      if (staged == 0) {
        commands.begin();
      }
      long bytes = Math.min(from.byteSize() - done, STAGING_BYTES - staged);
      MemorySegment.copy(from, done, staging.mapped(), staged, bytes);
      commands.copy(staging, staged, to, offset + done, bytes);
      done += bytes;
      staged += bytes;
    }
  }

  /** Returns when everything uploaded so far is where the GPU reads it. */
  void flush() {
    if (staged == 0) {
      return;
    }
    commands.barrier(BufferUse.COPY_WRITE, BufferUse.GPU_READ);
    commands.end();
    gpu.submit(commands, fence);
    fence.await(LIMIT);
    staged = 0;
  }

  @Override
  public void close() {
    scope.close();
  }
}
