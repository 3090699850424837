package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_FORMAT_D32_SFLOAT;
import static org.lwjgl.vulkan.VK10.VK_FORMAT_R32_UINT;
import static org.lwjgl.vulkan.VK10.VK_FORMAT_R8G8B8A8_UNORM;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_ASPECT_COLOR_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_ASPECT_DEPTH_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_TILING_OPTIMAL;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_TYPE_2D;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_USAGE_STORAGE_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
import static org.lwjgl.vulkan.VK10.VK_IMAGE_VIEW_TYPE_2D;
import static org.lwjgl.vulkan.VK10.VK_SAMPLE_COUNT_1_BIT;
import static org.lwjgl.vulkan.VK10.vkBindImageMemory;
import static org.lwjgl.vulkan.VK10.vkCreateImage;
import static org.lwjgl.vulkan.VK10.vkCreateImageView;
import static org.lwjgl.vulkan.VK10.vkDestroyImage;
import static org.lwjgl.vulkan.VK10.vkDestroyImageView;
import static org.lwjgl.vulkan.VK10.vkGetImageMemoryRequirements;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkImageCreateInfo;
import org.lwjgl.vulkan.VkImageViewCreateInfo;
import org.lwjgl.vulkan.VkMemoryRequirements;

/** An image to render into, with memory of its own. */
public final class Image implements GpuScope.Owned {

  /** What an image holds. */
  public enum Content {
    /** Eight bits a channel, as a display takes them. */
    COLOR(
        VK_IMAGE_ASPECT_COLOR_BIT,
        VK_FORMAT_R8G8B8A8_UNORM,
        VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_STORAGE_BIT),
    /** One whole number. */
    NUMBER(
        VK_IMAGE_ASPECT_COLOR_BIT,
        VK_FORMAT_R32_UINT,
        VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT
            | VK_IMAGE_USAGE_STORAGE_BIT
            | VK_IMAGE_USAGE_TRANSFER_SRC_BIT),
    DEPTH(
        VK_IMAGE_ASPECT_DEPTH_BIT,
        VK_FORMAT_D32_SFLOAT,
        VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT);

    final int aspect;
    final int format;
    final int usage;

    Content(int aspect, int format, int usage) {
      this.aspect = aspect;
      this.format = format;
      this.usage = usage;
    }
  }

  private final GpuScope scope;
  private final Content content;
  private final int width;
  private final int height;
  private final long handle;
  private final long view;

  private Image(GpuScope scope, Content content, int width, int height, long handle, long view) {
    this.scope = scope;
    this.content = content;
    this.width = width;
    this.height = height;
    this.handle = handle;
    this.view = view;
  }

  public static Image create(Gpu gpu, Content content, int width, int height) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            long handle = image(stack, scope, gpu, content, width, height);
            var needs = VkMemoryRequirements.malloc(stack);
            vkGetImageMemoryRequirements(gpu.handle(), handle, needs);
            var memory = scope.own(DeviceMemory.allocate(gpu, needs, MemoryKind.DEVICE));
            check(vkBindImageMemory(gpu.handle(), handle, memory.handle(), 0), "vkBindImageMemory");
            return new Image(
                scope, content, width, height, handle, view(stack, scope, gpu, content, handle));
          }
        });
  }

  private static long image(
      MemoryStack stack, GpuScope scope, Gpu gpu, Content content, int width, int height) {
    var info =
        VkImageCreateInfo.calloc(stack)
            .sType$Default()
            .imageType(VK_IMAGE_TYPE_2D)
            .format(content.format)
            .extent(extent -> extent.set(width, height, 1))
            .mipLevels(1)
            .arrayLayers(1)
            .samples(VK_SAMPLE_COUNT_1_BIT)
            .tiling(VK_IMAGE_TILING_OPTIMAL)
            .usage(content.usage);
    var created = stack.mallocLong(1);
    check(vkCreateImage(gpu.handle(), info, null, created), "vkCreateImage");
    long handle = created.get(0);
    scope.own(() -> vkDestroyImage(gpu.handle(), handle, null));
    return handle;
  }

  private static long view(
      MemoryStack stack, GpuScope scope, Gpu gpu, Content content, long image) {
    var info =
        VkImageViewCreateInfo.calloc(stack)
            .sType$Default()
            .image(image)
            .viewType(VK_IMAGE_VIEW_TYPE_2D)
            .format(content.format)
            .subresourceRange(range -> range.set(content.aspect, 0, 1, 0, 1));
    var created = stack.mallocLong(1);
    check(vkCreateImageView(gpu.handle(), info, null, created), "vkCreateImageView");
    long handle = created.get(0);
    scope.own(() -> vkDestroyImageView(gpu.handle(), handle, null));
    return handle;
  }

  Content content() {
    return content;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  long handle() {
    return handle;
  }

  long view() {
    return view;
  }

  @Override
  public void close() {
    scope.close();
  }
}
