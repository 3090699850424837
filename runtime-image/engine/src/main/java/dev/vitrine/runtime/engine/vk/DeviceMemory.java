package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_WHOLE_SIZE;
import static org.lwjgl.vulkan.VK10.vkAllocateMemory;
import static org.lwjgl.vulkan.VK10.vkFreeMemory;
import static org.lwjgl.vulkan.VK10.vkMapMemory;

import java.lang.foreign.MemorySegment;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkMemoryAllocateInfo;
import org.lwjgl.vulkan.VkMemoryRequirements;

/** One allocation of GPU memory. Freeing it also unmaps it. */
final class DeviceMemory implements GpuScope.Owned {

  private final Gpu gpu;
  private final long handle;

  private DeviceMemory(Gpu gpu, long handle) {
    this.gpu = gpu;
    this.handle = handle;
  }

  static DeviceMemory allocate(Gpu gpu, VkMemoryRequirements needs, MemoryKind kind) {
    try (var stack = MemoryStack.stackPush()) {
      var info =
          VkMemoryAllocateInfo.calloc(stack)
              .sType$Default()
              .allocationSize(needs.size())
              .memoryTypeIndex(kind.typeIndex(gpu.memory(), needs.memoryTypeBits()));
      var allocated = stack.mallocLong(1);
      check(vkAllocateMemory(gpu.handle(), info, null, allocated), "vkAllocateMemory");
      return new DeviceMemory(gpu, allocated.get(0));
    }
  }

  long handle() {
    return handle;
  }

  /** The memory as the CPU sees it, until this is closed. */
  MemorySegment map(long bytes) {
    try (var stack = MemoryStack.stackPush()) {
      var mapped = stack.mallocPointer(1);
      check(vkMapMemory(gpu.handle(), handle, 0, VK_WHOLE_SIZE, 0, mapped), "vkMapMemory");
      return MemorySegment.ofAddress(mapped.get(0)).reinterpret(bytes);
    }
  }

  @Override
  public void close() {
    vkFreeMemory(gpu.handle(), handle, null);
  }
}
