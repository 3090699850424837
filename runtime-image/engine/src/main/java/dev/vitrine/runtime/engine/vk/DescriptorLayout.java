package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
import static org.lwjgl.vulkan.VK10.VK_DESCRIPTOR_TYPE_STORAGE_IMAGE;
import static org.lwjgl.vulkan.VK10.VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER;
import static org.lwjgl.vulkan.VK10.VK_SHADER_STAGE_ALL;
import static org.lwjgl.vulkan.VK10.vkCreateDescriptorSetLayout;
import static org.lwjgl.vulkan.VK10.vkDestroyDescriptorSetLayout;

import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDescriptorSetLayoutBinding;
import org.lwjgl.vulkan.VkDescriptorSetLayoutCreateInfo;

/** What a shader's descriptor set holds, binding by binding from 0. */
public final class DescriptorLayout implements GpuScope.Owned {

  /** What one binding holds. */
  public enum Binding {
    UNIFORM_BUFFER(VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER),
    STORAGE_BUFFER(VK_DESCRIPTOR_TYPE_STORAGE_BUFFER),
    STORAGE_IMAGE(VK_DESCRIPTOR_TYPE_STORAGE_IMAGE);

    final int type;

    Binding(int type) {
      this.type = type;
    }
  }

  private final Gpu gpu;
  private final long handle;
  private final List<Binding> bindings;

  private DescriptorLayout(Gpu gpu, long handle, List<Binding> bindings) {
    this.gpu = gpu;
    this.handle = handle;
    this.bindings = bindings;
  }

  public static DescriptorLayout create(Gpu gpu, Binding... bindings) {
    try (var stack = MemoryStack.stackPush()) {
      var described = VkDescriptorSetLayoutBinding.calloc(bindings.length, stack);
      for (int i = 0; i < bindings.length; i++) {
        described
            .get(i)
            .binding(i)
            .descriptorType(bindings[i].type)
            .descriptorCount(1)
            .stageFlags(VK_SHADER_STAGE_ALL);
      }
      var info = VkDescriptorSetLayoutCreateInfo.calloc(stack).sType$Default().pBindings(described);
      var created = stack.mallocLong(1);
      check(
          vkCreateDescriptorSetLayout(gpu.handle(), info, null, created),
          "vkCreateDescriptorSetLayout");
      return new DescriptorLayout(gpu, created.get(0), List.of(bindings));
    }
  }

  long handle() {
    return handle;
  }

  List<Binding> bindings() {
    return bindings;
  }

  @Override
  public void close() {
    vkDestroyDescriptorSetLayout(gpu.handle(), handle, null);
  }
}
