package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_INDEX_BUFFER_BIT;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_TRANSFER_DST_BIT;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_TRANSFER_SRC_BIT;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT;
import static org.lwjgl.vulkan.VK10.VK_BUFFER_USAGE_VERTEX_BUFFER_BIT;
import static org.lwjgl.vulkan.VK10.vkBindBufferMemory;
import static org.lwjgl.vulkan.VK10.vkCreateBuffer;
import static org.lwjgl.vulkan.VK10.vkDestroyBuffer;
import static org.lwjgl.vulkan.VK10.vkGetBufferMemoryRequirements;

import java.lang.foreign.MemorySegment;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkBufferCreateInfo;
import org.lwjgl.vulkan.VkMemoryRequirements;

/** A buffer with memory of its own. */
public final class Buffer implements GpuScope.Owned {

  /** What a buffer is for. */
  public enum Usage {
    GEOMETRY(
        VK_BUFFER_USAGE_VERTEX_BUFFER_BIT
            | VK_BUFFER_USAGE_INDEX_BUFFER_BIT
            | VK_BUFFER_USAGE_TRANSFER_DST_BIT),
    STORAGE(VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT),
    UNIFORM(VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT),
    STAGING(VK_BUFFER_USAGE_TRANSFER_SRC_BIT);

    private final int flags;

    Usage(int flags) {
      this.flags = flags;
    }
  }

  private final Gpu gpu;
  private final long handle;
  private final long bytes;
  private final DeviceMemory memory;
  private final MemorySegment mapped;

  private Buffer(Gpu gpu, long handle, long bytes, DeviceMemory memory, MemorySegment mapped) {
    this.gpu = gpu;
    this.handle = handle;
    this.bytes = bytes;
    this.memory = memory;
    this.mapped = mapped;
  }

  public static Buffer create(Gpu gpu, long bytes, Usage usage, MemoryKind kind) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            var info =
                VkBufferCreateInfo.calloc(stack).sType$Default().size(bytes).usage(usage.flags);
            var created = stack.mallocLong(1);
            check(vkCreateBuffer(gpu.handle(), info, null, created), "vkCreateBuffer");
            long handle = created.get(0);
            scope.own(() -> vkDestroyBuffer(gpu.handle(), handle, null));
            var needs = VkMemoryRequirements.malloc(stack);
            vkGetBufferMemoryRequirements(gpu.handle(), handle, needs);
            var memory = scope.own(DeviceMemory.allocate(gpu, needs, kind));
            check(
                vkBindBufferMemory(gpu.handle(), handle, memory.handle(), 0), "vkBindBufferMemory");
            var mapped = kind.mapped() ? memory.map(bytes) : MemorySegment.NULL;
            return new Buffer(gpu, handle, bytes, memory, mapped);
          }
        });
  }

  public long bytes() {
    return bytes;
  }

  /** The memory as the CPU sees it, until this is closed; empty for {@link MemoryKind#DEVICE}. */
  public MemorySegment mapped() {
    return mapped;
  }

  long handle() {
    return handle;
  }

  @Override
  public void close() {
    vkDestroyBuffer(gpu.handle(), handle, null);
    memory.close();
  }
}
