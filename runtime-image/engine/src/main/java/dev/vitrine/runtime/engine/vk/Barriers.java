package dev.vitrine.runtime.engine.vk;

import static org.lwjgl.vulkan.VK10.VK_QUEUE_FAMILY_IGNORED;
import static org.lwjgl.vulkan.VK13.vkCmdPipelineBarrier2;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkDependencyInfo;
import org.lwjgl.vulkan.VkImageMemoryBarrier2;
import org.lwjgl.vulkan.VkMemoryBarrier2;

/** Orders what the GPU does: Vulkan promises no order by itself. */
final class Barriers {

  private Barriers() {}

  static void buffers(VkCommandBuffer commands, BufferUse from, BufferUse to) {
    try (var stack = MemoryStack.stackPush()) {
      var barriers = VkMemoryBarrier2.calloc(1, stack);
      barriers
          .get(0)
          .sType$Default()
          .srcStageMask(from.stages)
          .srcAccessMask(from.accesses)
          .dstStageMask(to.stages)
          .dstAccessMask(to.accesses);
      var info = VkDependencyInfo.calloc(stack).sType$Default().pMemoryBarriers(barriers);
      vkCmdPipelineBarrier2(commands, info);
    }
  }

  static void image(VkCommandBuffer commands, Image image, ImageUse from, ImageUse to) {
    try (var stack = MemoryStack.stackPush()) {
      var barriers = VkImageMemoryBarrier2.calloc(1, stack);
      barriers
          .get(0)
          .sType$Default()
          .srcStageMask(from.stages)
          .srcAccessMask(from.accesses)
          .dstStageMask(to.stages)
          .dstAccessMask(to.accesses)
          .oldLayout(from.layout)
          .newLayout(to.layout)
          .srcQueueFamilyIndex(VK_QUEUE_FAMILY_IGNORED)
          .dstQueueFamilyIndex(VK_QUEUE_FAMILY_IGNORED)
          .image(image.handle())
          .subresourceRange(range -> range.set(image.content().aspect, 0, 1, 0, 1));
      var info = VkDependencyInfo.calloc(stack).sType$Default().pImageMemoryBarriers(barriers);
      vkCmdPipelineBarrier2(commands, info);
    }
  }
}
