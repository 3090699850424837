package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_PHYSICAL_DEVICE_TYPE_CPU;
import static org.lwjgl.vulkan.VK10.VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;
import static org.lwjgl.vulkan.VK10.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU;
import static org.lwjgl.vulkan.VK10.VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU;
import static org.lwjgl.vulkan.VK10.VK_QUEUE_COMPUTE_BIT;
import static org.lwjgl.vulkan.VK10.VK_QUEUE_GRAPHICS_BIT;
import static org.lwjgl.vulkan.VK10.vkEnumeratePhysicalDevices;
import static org.lwjgl.vulkan.VK10.vkGetPhysicalDeviceProperties;
import static org.lwjgl.vulkan.VK10.vkGetPhysicalDeviceQueueFamilyProperties;
import static org.lwjgl.vulkan.VK13.VK_API_VERSION_1_3;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;
import org.lwjgl.vulkan.VkQueueFamilyProperties;

/** Which GPU to take: a real one before a CPU that plays one. */
final class PhysicalDevices {

  private PhysicalDevices() {}

  /** A device that can do what we need. */
  record Candidate(VkPhysicalDevice handle, String name, int type, int queueFamily) {}

  static Candidate best(Instance instance) {
    return candidates(instance).stream()
        .min(Comparator.comparingInt(candidate -> rank(candidate.type())))
        .orElseThrow(
            () ->
                new VulkanException(
                    "no GPU with Vulkan 1.3 was found: %s".formatted(Gpu.WHAT_TO_CHECK)));
  }

  static int rank(int type) {
    return switch (type) {
      case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU -> 0;
      case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU -> 1;
      case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU -> 2;
      case VK_PHYSICAL_DEVICE_TYPE_CPU -> 3;
      default -> 4;
    };
  }

  private static List<Candidate> candidates(Instance instance) {
    try (var stack = MemoryStack.stackPush()) {
      var count = stack.mallocInt(1);
      check(
          vkEnumeratePhysicalDevices(instance.handle(), count, null), "vkEnumeratePhysicalDevices");
      var devices = stack.mallocPointer(count.get(0));
      check(
          vkEnumeratePhysicalDevices(instance.handle(), count, devices),
          "vkEnumeratePhysicalDevices");
      var candidates = new ArrayList<Candidate>();
      for (int i = 0; i < devices.capacity(); i++) {
        var device = new VkPhysicalDevice(devices.get(i), instance.handle());
        var properties = VkPhysicalDeviceProperties.malloc(stack);
        vkGetPhysicalDeviceProperties(device, properties);
        int family = queueFamily(stack, device);
        if (properties.apiVersion() >= VK_API_VERSION_1_3 && family >= 0) {
          candidates.add(
              new Candidate(
                  device, properties.deviceNameString(), properties.deviceType(), family));
        }
      }
      return candidates;
    }
  }

  private static int queueFamily(MemoryStack stack, VkPhysicalDevice device) {
    int both = VK_QUEUE_GRAPHICS_BIT | VK_QUEUE_COMPUTE_BIT;
    var count = stack.mallocInt(1);
    vkGetPhysicalDeviceQueueFamilyProperties(device, count, null);
    var families = VkQueueFamilyProperties.malloc(count.get(0), stack);
    vkGetPhysicalDeviceQueueFamilyProperties(device, count, families);
    for (int i = 0; i < families.capacity(); i++) {
      if ((families.get(i).queueFlags() & both) == both) {
        return i;
      }
    }
    return -1;
  }
}
