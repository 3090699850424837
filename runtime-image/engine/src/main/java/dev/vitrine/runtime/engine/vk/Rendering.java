package dev.vitrine.runtime.engine.vk;

import static org.lwjgl.vulkan.VK10.VK_ATTACHMENT_LOAD_OP_CLEAR;
import static org.lwjgl.vulkan.VK10.VK_ATTACHMENT_STORE_OP_DONT_CARE;
import static org.lwjgl.vulkan.VK10.VK_ATTACHMENT_STORE_OP_STORE;
import static org.lwjgl.vulkan.VK10.vkCmdSetScissor;
import static org.lwjgl.vulkan.VK10.vkCmdSetViewport;
import static org.lwjgl.vulkan.VK13.vkCmdBeginRendering;

import dev.vitrine.runtime.engine.scene.Vec3;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkRect2D;
import org.lwjgl.vulkan.VkRenderingAttachmentInfo;
import org.lwjgl.vulkan.VkRenderingInfo;
import org.lwjgl.vulkan.VkViewport;

/** How a pass of dynamic rendering begins. */
final class Rendering {

  private Rendering() {}

  static void begin(
      VkCommandBuffer commands,
      Image color,
      Vec3 background,
      Image depth,
      int x,
      int y,
      int width,
      int height) {
    try (var stack = MemoryStack.stackPush()) {
      var colors = VkRenderingAttachmentInfo.calloc(1, stack);
      colors
          .get(0)
          .sType$Default()
          .imageView(color.view())
          .imageLayout(ImageUse.COLOR_TARGET.layout)
          .loadOp(VK_ATTACHMENT_LOAD_OP_CLEAR)
          .storeOp(VK_ATTACHMENT_STORE_OP_STORE)
          .clearValue(
              clear ->
                  clear
                      .color()
                      .float32(0, (float) background.x())
                      .float32(1, (float) background.y())
                      .float32(2, (float) background.z())
                      .float32(3, 1));
      // Cleared to 0, the far plane of reversed depth.
      var depths =
          VkRenderingAttachmentInfo.calloc(stack)
              .sType$Default()
              .imageView(depth.view())
              .imageLayout(ImageUse.DEPTH_TARGET.layout)
              .loadOp(VK_ATTACHMENT_LOAD_OP_CLEAR)
              .storeOp(VK_ATTACHMENT_STORE_OP_DONT_CARE);
      var info =
          VkRenderingInfo.calloc(stack)
              .sType$Default()
              .layerCount(1)
              .pColorAttachments(colors)
              .pDepthAttachment(depths)
              .renderArea(area -> set(area, x, y, width, height));
      vkCmdBeginRendering(commands, info);
      var viewports = VkViewport.calloc(1, stack);
      viewports.get(0).set(0, 0, color.width(), color.height(), 0, 1);
      vkCmdSetViewport(commands, 0, viewports);
      var scissors = VkRect2D.calloc(1, stack);
      set(scissors.get(0), x, y, width, height);
      vkCmdSetScissor(commands, 0, scissors);
    }
  }

  private static void set(VkRect2D area, int x, int y, int width, int height) {
    area.offset().set(x, y);
    area.extent().set(width, height);
  }
}
