package dev.vitrine.runtime.engine.vk;

import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;
import static org.lwjgl.vulkan.VK10.VK_FALSE;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackDataEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCreateInfoEXT;

/** Keeps the first complaints of the validation layer; the driver may call from any thread. */
final class ValidationLog implements GpuScope.Owned {

  private static final int KEPT = 100;

  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final VkDebugUtilsMessengerCallbackEXT callback =
      VkDebugUtilsMessengerCallbackEXT.create(
          (severity, types, data, user) -> {
            if (messages.size() < KEPT) {
              messages.add(VkDebugUtilsMessengerCallbackDataEXT.create(data).pMessageString());
            }
            return VK_FALSE;
          });

  VkDebugUtilsMessengerCreateInfoEXT messengerInfo(MemoryStack stack) {
    return VkDebugUtilsMessengerCreateInfoEXT.calloc(stack)
        .sType$Default()
        .messageSeverity(
            VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT
                | VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT)
        .messageType(VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT)
        .pfnUserCallback(callback);
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    callback.free();
  }
}
