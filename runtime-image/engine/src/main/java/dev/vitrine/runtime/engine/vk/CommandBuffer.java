package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY;
import static org.lwjgl.vulkan.VK10.VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
import static org.lwjgl.vulkan.VK10.VK_INDEX_TYPE_UINT32;
import static org.lwjgl.vulkan.VK10.VK_SHADER_STAGE_ALL;
import static org.lwjgl.vulkan.VK10.vkAllocateCommandBuffers;
import static org.lwjgl.vulkan.VK10.vkBeginCommandBuffer;
import static org.lwjgl.vulkan.VK10.vkCmdBindDescriptorSets;
import static org.lwjgl.vulkan.VK10.vkCmdBindIndexBuffer;
import static org.lwjgl.vulkan.VK10.vkCmdBindPipeline;
import static org.lwjgl.vulkan.VK10.vkCmdCopyBuffer;
import static org.lwjgl.vulkan.VK10.vkCmdCopyImageToBuffer;
import static org.lwjgl.vulkan.VK10.vkCmdDispatch;
import static org.lwjgl.vulkan.VK10.vkCmdDrawIndexed;
import static org.lwjgl.vulkan.VK10.vkCmdPushConstants;
import static org.lwjgl.vulkan.VK10.vkCreateCommandPool;
import static org.lwjgl.vulkan.VK10.vkDestroyCommandPool;
import static org.lwjgl.vulkan.VK10.vkEndCommandBuffer;
import static org.lwjgl.vulkan.VK10.vkResetCommandPool;
import static org.lwjgl.vulkan.VK13.vkCmdBindVertexBuffers2;
import static org.lwjgl.vulkan.VK13.vkCmdEndRendering;

import dev.vitrine.runtime.engine.scene.Vec3;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkBufferCopy;
import org.lwjgl.vulkan.VkBufferImageCopy;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;

/** Commands recorded for the GPU, with the pool they live in. Recorded anew after each use. */
public final class CommandBuffer implements GpuScope.Owned {

  private final Gpu gpu;
  private final long pool;
  private final VkCommandBuffer handle;

  private CommandBuffer(Gpu gpu, long pool, VkCommandBuffer handle) {
    this.gpu = gpu;
    this.pool = pool;
    this.handle = handle;
  }

  public static CommandBuffer create(Gpu gpu) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            var poolInfo =
                VkCommandPoolCreateInfo.calloc(stack)
                    .sType$Default()
                    .queueFamilyIndex(gpu.queueFamily());
            var created = stack.mallocLong(1);
            check(
                vkCreateCommandPool(gpu.handle(), poolInfo, null, created), "vkCreateCommandPool");
            long pool = created.get(0);
            scope.own(() -> vkDestroyCommandPool(gpu.handle(), pool, null));
            var info =
                VkCommandBufferAllocateInfo.calloc(stack)
                    .sType$Default()
                    .commandPool(pool)
                    .level(VK_COMMAND_BUFFER_LEVEL_PRIMARY)
                    .commandBufferCount(1);
            var allocated = stack.mallocPointer(1);
            check(
                vkAllocateCommandBuffers(gpu.handle(), info, allocated),
                "vkAllocateCommandBuffers");
            return new CommandBuffer(
                gpu, pool, new VkCommandBuffer(allocated.get(0), gpu.handle()));
          }
        });
  }

  /** Forgets what was recorded before. */
  public void begin() {
    check(vkResetCommandPool(gpu.handle(), pool, 0), "vkResetCommandPool");
    try (var stack = MemoryStack.stackPush()) {
      var info =
          VkCommandBufferBeginInfo.calloc(stack)
              .sType$Default()
              .flags(VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT);
      check(vkBeginCommandBuffer(handle, info), "vkBeginCommandBuffer");
    }
  }

  public void end() {
    check(vkEndCommandBuffer(handle), "vkEndCommandBuffer");
  }

  public void copy(Buffer from, long fromOffset, Buffer to, long toOffset, long bytes) {
    try (var stack = MemoryStack.stackPush()) {
      var regions = VkBufferCopy.calloc(1, stack);
      regions.get(0).set(fromOffset, toOffset, bytes);
      vkCmdCopyBuffer(handle, from.handle(), to.handle(), regions);
    }
  }

  /** Copies an area of an image, row by row without gaps. */
  public void copy(Image from, int x, int y, int width, int height, Buffer to) {
    try (var stack = MemoryStack.stackPush()) {
      var regions = VkBufferImageCopy.calloc(1, stack);
      regions
          .get(0)
          .imageSubresource(layers -> layers.set(from.content().aspect, 0, 0, 1))
          .imageOffset(offset -> offset.set(x, y, 0))
          .imageExtent(extent -> extent.set(width, height, 1));
      vkCmdCopyImageToBuffer(
          handle, from.handle(), ImageUse.COPY_READ.layout, to.handle(), regions);
    }
  }

  /** What {@code from} did is finished and seen before {@code to} begins. */
  public void barrier(BufferUse from, BufferUse to) {
    Barriers.buffers(handle, from, to);
  }

  /** As {@link #barrier} for one image, which also changes its layout. */
  public void transition(Image image, ImageUse from, ImageUse to) {
    Barriers.image(handle, image, from, to);
  }

  /** Begins drawing into an area of two images of one size, which is cleared there. */
  public void beginRendering(
      Image color, Vec3 background, Image depth, int x, int y, int width, int height) {
    Rendering.begin(handle, color, background, depth, x, y, width, height);
  }

  public void endRendering() {
    vkCmdEndRendering(handle);
  }

  public void bind(Pipeline pipeline, DescriptorSet descriptors) {
    vkCmdBindPipeline(handle, pipeline.bindPoint(), pipeline.handle());
    try (var stack = MemoryStack.stackPush()) {
      vkCmdBindDescriptorSets(
          handle,
          pipeline.bindPoint(),
          pipeline.layout(),
          0,
          stack.longs(descriptors.handle()),
          null);
    }
  }

  public void bindVertices(VertexStream... streams) {
    try (var stack = MemoryStack.stackPush()) {
      var buffers = stack.mallocLong(streams.length);
      var offsets = stack.mallocLong(streams.length);
      var sizes = stack.mallocLong(streams.length);
      var strides = stack.mallocLong(streams.length);
      for (int i = 0; i < streams.length; i++) {
        buffers.put(i, streams[i].buffer().handle());
        offsets.put(i, streams[i].offset());
        sizes.put(i, streams[i].bytes());
        strides.put(i, streams[i].stride());
      }
      vkCmdBindVertexBuffers2(handle, 0, buffers, offsets, sizes, strides);
    }
  }

  /** Binds unsigned 32-bit indices. */
  public void bindIndices(Buffer buffer, long offset) {
    vkCmdBindIndexBuffer(handle, buffer.handle(), offset, VK_INDEX_TYPE_UINT32);
  }

  /** Sets the pipeline's push constants, word by word. */
  public void push(Pipeline pipeline, int... words) {
    vkCmdPushConstants(handle, pipeline.layout(), VK_SHADER_STAGE_ALL, 0, words);
  }

  public void drawIndexed(int indices, int instances, int firstIndex, int firstInstance) {
    vkCmdDrawIndexed(handle, indices, instances, firstIndex, 0, firstInstance);
  }

  public void dispatch(int groupsX, int groupsY) {
    vkCmdDispatch(handle, groupsX, groupsY, 1);
  }

  VkCommandBuffer handle() {
    return handle;
  }

  @Override
  public void close() {
    vkDestroyCommandPool(gpu.handle(), pool, null);
  }
}
