package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_LAYOUT_GENERAL;
import static org.lwjgl.vulkan.VK10.VK_WHOLE_SIZE;
import static org.lwjgl.vulkan.VK10.vkAllocateDescriptorSets;
import static org.lwjgl.vulkan.VK10.vkCreateDescriptorPool;
import static org.lwjgl.vulkan.VK10.vkDestroyDescriptorPool;
import static org.lwjgl.vulkan.VK10.vkUpdateDescriptorSets;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorImageInfo;
import org.lwjgl.vulkan.VkDescriptorPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorPoolSize;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/** The buffers and images a shader sees. Changed only while no commands that use it run. */
public final class DescriptorSet implements GpuScope.Owned {

  private final Gpu gpu;
  private final DescriptorLayout layout;
  private final long pool;
  private final long handle;

  private DescriptorSet(Gpu gpu, DescriptorLayout layout, long pool, long handle) {
    this.gpu = gpu;
    this.layout = layout;
    this.pool = pool;
    this.handle = handle;
  }

  public static DescriptorSet create(Gpu gpu, DescriptorLayout layout) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            long pool = pool(stack, scope, gpu, layout);
            var info =
                VkDescriptorSetAllocateInfo.calloc(stack)
                    .sType$Default()
                    .descriptorPool(pool)
                    .pSetLayouts(stack.longs(layout.handle()));
            var allocated = stack.mallocLong(1);
            check(
                vkAllocateDescriptorSets(gpu.handle(), info, allocated),
                "vkAllocateDescriptorSets");
            return new DescriptorSet(gpu, layout, pool, allocated.get(0));
          }
        });
  }

  private static long pool(MemoryStack stack, GpuScope scope, Gpu gpu, DescriptorLayout layout) {
    var bindings = layout.bindings();
    var sizes = VkDescriptorPoolSize.calloc(bindings.size(), stack);
    for (int i = 0; i < bindings.size(); i++) {
      sizes.get(i).type(bindings.get(i).type).descriptorCount(1);
    }
    var info =
        VkDescriptorPoolCreateInfo.calloc(stack).sType$Default().maxSets(1).pPoolSizes(sizes);
    var created = stack.mallocLong(1);
    check(vkCreateDescriptorPool(gpu.handle(), info, null, created), "vkCreateDescriptorPool");
    long pool = created.get(0);
    scope.own(() -> vkDestroyDescriptorPool(gpu.handle(), pool, null));
    return pool;
  }

  public void set(int binding, Buffer buffer) {
    try (var stack = MemoryStack.stackPush()) {
      var info = VkDescriptorBufferInfo.calloc(1, stack);
      info.get(0).buffer(buffer.handle()).range(VK_WHOLE_SIZE);
      var writes = write(stack, binding);
      writes.get(0).pBufferInfo(info);
      vkUpdateDescriptorSets(gpu.handle(), writes, null);
    }
  }

  public void set(int binding, Image image) {
    try (var stack = MemoryStack.stackPush()) {
      var info = VkDescriptorImageInfo.calloc(1, stack);
      info.get(0).imageView(image.view()).imageLayout(VK_IMAGE_LAYOUT_GENERAL);
      var writes = write(stack, binding);
      writes.get(0).pImageInfo(info);
      vkUpdateDescriptorSets(gpu.handle(), writes, null);
    }
  }

  private VkWriteDescriptorSet.Buffer write(MemoryStack stack, int binding) {
    var writes = VkWriteDescriptorSet.calloc(1, stack);
    writes
        .get(0)
        .sType$Default()
        .dstSet(handle)
        .dstBinding(binding)
        .descriptorType(layout.bindings().get(binding).type)
        .descriptorCount(1);
    return writes;
  }

  long handle() {
    return handle;
  }

  @Override
  public void close() {
    vkDestroyDescriptorPool(gpu.handle(), pool, null);
  }
}
