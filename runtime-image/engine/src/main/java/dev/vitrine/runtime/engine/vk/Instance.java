package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
import static org.lwjgl.vulkan.EXTDebugUtils.vkCreateDebugUtilsMessengerEXT;
import static org.lwjgl.vulkan.EXTDebugUtils.vkDestroyDebugUtilsMessengerEXT;
import static org.lwjgl.vulkan.EXTValidationFeatures.VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
import static org.lwjgl.vulkan.VK10.VK_SUCCESS;
import static org.lwjgl.vulkan.VK10.vkCreateInstance;
import static org.lwjgl.vulkan.VK10.vkDestroyInstance;
import static org.lwjgl.vulkan.VK10.vkEnumerateInstanceLayerProperties;
import static org.lwjgl.vulkan.VK13.VK_API_VERSION_1_3;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkApplicationInfo;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkInstanceCreateInfo;
import org.lwjgl.vulkan.VkLayerProperties;
import org.lwjgl.vulkan.VkValidationFeaturesEXT;

/** The connection to the Vulkan loader, watched by the validation layer if asked for. */
public final class Instance implements GpuScope.Owned {

  private static final String VALIDATION_LAYER = "VK_LAYER_KHRONOS_validation";

  private final VkInstance handle;
  private final @Nullable ValidationLog validation;
  private final long messenger;

  private Instance(VkInstance handle, @Nullable ValidationLog validation, long messenger) {
    this.handle = handle;
    this.validation = validation;
    this.messenger = messenger;
  }

  /**
   * Loads Vulkan.
   *
   * @throws VulkanException if there is no Vulkan loader, or no validation layer though asked for
   */
  public static Instance create(boolean validation) {
    try {
      return validation ? watched() : plain();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError e) {
      throw new VulkanException(
          "there is no Vulkan loader: install libvulkan1 (" + e.getMessage() + ")");
    }
  }

  private static Instance plain() {
    try (var stack = MemoryStack.stackPush()) {
      return new Instance(create(stack, createInfo(stack)), null, 0);
    }
  }

  private static Instance watched() {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            requireValidationLayer(stack);
            var log = scope.own(new ValidationLog());
            var messengerInfo = log.messengerInfo(stack);
            var features =
                VkValidationFeaturesEXT.calloc(stack)
                    .sType$Default()
                    .pEnabledValidationFeatures(
                        stack.ints(VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT));
            var info =
                createInfo(stack)
                    .pNext(features)
                    .ppEnabledLayerNames(stack.pointers(stack.UTF8(VALIDATION_LAYER)))
                    .ppEnabledExtensionNames(
                        stack.pointers(stack.UTF8(VK_EXT_DEBUG_UTILS_EXTENSION_NAME)));
            var handle = create(stack, info);
            scope.own(() -> vkDestroyInstance(handle, null));
            var messenger = stack.mallocLong(1);
            check(
                vkCreateDebugUtilsMessengerEXT(handle, messengerInfo, null, messenger),
                "vkCreateDebugUtilsMessengerEXT");
            return new Instance(handle, log, messenger.get(0));
          }
        });
  }

  private static VkInstanceCreateInfo createInfo(MemoryStack stack) {
    return VkInstanceCreateInfo.calloc(stack)
        .sType$Default()
        .pApplicationInfo(
            VkApplicationInfo.calloc(stack).sType$Default().apiVersion(VK_API_VERSION_1_3));
  }

  private static VkInstance create(MemoryStack stack, VkInstanceCreateInfo info) {
    var created = stack.mallocPointer(1);
    int result = vkCreateInstance(info, null, created);
    if (result != VK_SUCCESS) {
      throw new VulkanException(
          "vkCreateInstance failed with VkResult %d: %s".formatted(result, Gpu.WHAT_TO_CHECK));
    }
    return new VkInstance(created.get(0), info);
  }

  private static void requireValidationLayer(MemoryStack stack) {
    var count = stack.mallocInt(1);
    check(vkEnumerateInstanceLayerProperties(count, null), "vkEnumerateInstanceLayerProperties");
    var layers = VkLayerProperties.malloc(count.get(0), stack);
    check(vkEnumerateInstanceLayerProperties(count, layers), "vkEnumerateInstanceLayerProperties");
    if (layers.stream().noneMatch(layer -> layer.layerNameString().equals(VALIDATION_LAYER))) {
      throw new VulkanException(
          "validation was asked for, but there is no validation layer: install"
              + " vulkan-validationlayers or switch validation off");
    }
  }

  VkInstance handle() {
    return handle;
  }

  /** What the validation layer complained about so far; nothing if it is off. */
  public List<String> validationMessages() {
    return validation == null ? List.of() : validation.messages();
  }

  @Override
  public void close() {
    if (validation != null) {
      vkDestroyDebugUtilsMessengerEXT(handle, messenger, null);
    }
    vkDestroyInstance(handle, null);
    if (validation != null) {
      validation.close();
    }
  }
}
