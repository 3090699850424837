package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.vkCreateDevice;
import static org.lwjgl.vulkan.VK10.vkDestroyDevice;
import static org.lwjgl.vulkan.VK10.vkDeviceWaitIdle;
import static org.lwjgl.vulkan.VK10.vkGetDeviceQueue;
import static org.lwjgl.vulkan.VK10.vkGetPhysicalDeviceMemoryProperties;
import static org.lwjgl.vulkan.VK10.vkQueueSubmit;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkDeviceCreateInfo;
import org.lwjgl.vulkan.VkDeviceQueueCreateInfo;
import org.lwjgl.vulkan.VkPhysicalDeviceFeatures;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan13Features;
import org.lwjgl.vulkan.VkQueue;
import org.lwjgl.vulkan.VkSubmitInfo;

/** One opened GPU with one queue, and its kinds of memory. */
public final class Gpu implements GpuScope.Owned {

  static final String WHAT_TO_CHECK =
      "check that a driver's ICD file lies in /usr/share/vulkan/icd.d or /etc/vulkan/icd.d (or is"
          + " named by VK_DRIVER_FILES), that libX11 and libXext are installed, and on NVIDIA that"
          + " NVIDIA_DRIVER_CAPABILITIES includes graphics; without a GPU install"
          + " mesa-vulkan-drivers";

  private final VkDevice handle;
  private final VkQueue queue;
  private final int queueFamily;
  private final String name;
  private final VkPhysicalDeviceMemoryProperties memory;

  private Gpu(
      VkDevice handle,
      VkQueue queue,
      int queueFamily,
      String name,
      VkPhysicalDeviceMemoryProperties memory) {
    this.handle = handle;
    this.queue = queue;
    this.queueFamily = queueFamily;
    this.name = name;
    this.memory = memory;
  }

  /**
   * Opens the best GPU there is.
   *
   * @throws VulkanException if no GPU can be used, saying what to check
   */
  public static Gpu open(Instance instance) {
    var chosen = PhysicalDevices.best(instance);
    try (var stack = MemoryStack.stackPush()) {
      var queues = VkDeviceQueueCreateInfo.calloc(1, stack);
      queues
          .get(0)
          .sType$Default()
          .queueFamilyIndex(chosen.queueFamily())
          .pQueuePriorities(stack.floats(1));
      var features =
          VkPhysicalDeviceVulkan13Features.calloc(stack)
              .sType$Default()
              .dynamicRendering(true)
              .synchronization2(true)
              .maintenance4(true);
      // An index beyond its buffer reads zeros instead of someone else's memory.
      var robust = VkPhysicalDeviceFeatures.calloc(stack).robustBufferAccess(true);
      var info =
          VkDeviceCreateInfo.calloc(stack)
              .sType$Default()
              .pNext(features)
              .pQueueCreateInfos(queues)
              .pEnabledFeatures(robust);
      var created = stack.mallocPointer(1);
      check(vkCreateDevice(chosen.handle(), info, null, created), "vkCreateDevice");
      var device = new VkDevice(created.get(0), chosen.handle(), info);
      vkGetDeviceQueue(device, chosen.queueFamily(), 0, created);
      var memory = VkPhysicalDeviceMemoryProperties.malloc();
      vkGetPhysicalDeviceMemoryProperties(chosen.handle(), memory);
      return new Gpu(
          device, new VkQueue(created.get(0), device), chosen.queueFamily(), chosen.name(), memory);
    }
  }

  /** The device's name as its driver gives it. */
  public String name() {
    return name;
  }

  /** Starts recorded commands; the fence tells when they are done. */
  public void submit(CommandBuffer commands, Fence fence) {
    try (var stack = MemoryStack.stackPush()) {
      var info =
          VkSubmitInfo.calloc(stack)
              .sType$Default()
              .pCommandBuffers(stack.pointers(commands.handle()));
      check(vkQueueSubmit(queue, info, fence.handle()), "vkQueueSubmit");
    }
  }

  VkDevice handle() {
    return handle;
  }

  int queueFamily() {
    return queueFamily;
  }

  VkPhysicalDeviceMemoryProperties memory() {
    return memory;
  }

  @Override
  public void close() {
    // A lost device answers with an error, and is destroyed all the same.
    var unused = vkDeviceWaitIdle(handle);
    vkDestroyDevice(handle, null);
    memory.free();
  }
}
