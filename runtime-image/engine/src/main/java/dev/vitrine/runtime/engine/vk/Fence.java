package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_TIMEOUT;
import static org.lwjgl.vulkan.VK10.vkCreateFence;
import static org.lwjgl.vulkan.VK10.vkDestroyFence;
import static org.lwjgl.vulkan.VK10.vkResetFences;
import static org.lwjgl.vulkan.VK10.vkWaitForFences;

import java.time.Duration;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkFenceCreateInfo;

/** Tells when submitted commands are done. */
public final class Fence implements GpuScope.Owned {

  private final Gpu gpu;
  private final long handle;

  private Fence(Gpu gpu, long handle) {
    this.gpu = gpu;
    this.handle = handle;
  }

  public static Fence create(Gpu gpu) {
    try (var stack = MemoryStack.stackPush()) {
      var created = stack.mallocLong(1);
      var info = VkFenceCreateInfo.calloc(stack).sType$Default();
      check(vkCreateFence(gpu.handle(), info, null, created), "vkCreateFence");
      return new Fence(gpu, created.get(0));
    }
  }

  /**
   * Waits until the commands are done, and makes the fence ready for the next ones.
   *
   * @throws VulkanException if they are not done in time: the GPU hangs, and counts as lost
   */
  public void await(Duration limit) {
    int result = vkWaitForFences(gpu.handle(), handle, true, limit.toNanos());
    if (result == VK_TIMEOUT) {
      throw new VulkanException(
          "the GPU did not finish within %d ms".formatted(limit.toMillis()), true);
    }
    check(result, "vkWaitForFences");
    check(vkResetFences(gpu.handle(), handle), "vkResetFences");
  }

  long handle() {
    return handle;
  }

  @Override
  public void close() {
    vkDestroyFence(gpu.handle(), handle, null);
  }
}
