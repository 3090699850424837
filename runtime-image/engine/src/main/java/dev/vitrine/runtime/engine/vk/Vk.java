package dev.vitrine.runtime.engine.vk;

import static org.lwjgl.vulkan.VK10.VK_ERROR_DEVICE_LOST;
import static org.lwjgl.vulkan.VK10.VK_ERROR_OUT_OF_DEVICE_MEMORY;
import static org.lwjgl.vulkan.VK10.VK_ERROR_OUT_OF_HOST_MEMORY;
import static org.lwjgl.vulkan.VK10.VK_SUCCESS;

/** The only place that judges a VkResult. */
final class Vk {

  private Vk() {}

  static void check(int result, String call) {
    switch (result) {
      case VK_SUCCESS -> {}
      case VK_ERROR_DEVICE_LOST ->
          throw new VulkanException(call + " says that the GPU was lost", true);
      case VK_ERROR_OUT_OF_DEVICE_MEMORY, VK_ERROR_OUT_OF_HOST_MEMORY ->
          throw new VulkanException(call + " found no memory left for the GPU");
      default -> throw new VulkanException("%s failed with VkResult %d".formatted(call, result));
    }
  }
}
