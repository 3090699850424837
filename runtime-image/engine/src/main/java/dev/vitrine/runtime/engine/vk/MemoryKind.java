package dev.vitrine.runtime.engine.vk;

import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT;

import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;

/** Where memory lies and who may touch it. */
public enum MemoryKind {
  /** The GPU's own, not seen by the CPU. */
  DEVICE(false, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0),
  /** Written by the CPU and read by the GPU. */
  UPLOAD(true, VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT, 0),
  /** Written by the GPU and read by the CPU, which needs its cache for that. */
  READBACK(
      true,
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
      VK_MEMORY_PROPERTY_HOST_CACHED_BIT);

  private final boolean mapped;
  private final int required;
  private final int preferred;

  MemoryKind(boolean mapped, int required, int preferred) {
    this.mapped = mapped;
    this.required = required;
    this.preferred = preferred;
  }

  boolean mapped() {
    return mapped;
  }

  int typeIndex(VkPhysicalDeviceMemoryProperties memory, int allowedTypes) {
    int best = firstType(memory, allowedTypes, required | preferred);
    int index = best >= 0 ? best : firstType(memory, allowedTypes, required);
    if (index < 0) {
      throw new VulkanException("the GPU has no memory for " + this);
    }
    return index;
  }

  private static int firstType(
      VkPhysicalDeviceMemoryProperties memory, int allowedTypes, int flags) {
    for (int i = 0; i < memory.memoryTypeCount(); i++) {
      boolean allowed = (allowedTypes >>> i & 1) == 1;
      if (allowed && (memory.memoryTypes(i).propertyFlags() & flags) == flags) {
        return i;
      }
    }
    return -1;
  }
}
