package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.VK_NULL_HANDLE;
import static org.lwjgl.vulkan.VK10.VK_PIPELINE_BIND_POINT_COMPUTE;
import static org.lwjgl.vulkan.VK10.VK_PIPELINE_BIND_POINT_GRAPHICS;
import static org.lwjgl.vulkan.VK10.VK_SHADER_STAGE_ALL;
import static org.lwjgl.vulkan.VK10.VK_SHADER_STAGE_COMPUTE_BIT;
import static org.lwjgl.vulkan.VK10.vkCreateComputePipelines;
import static org.lwjgl.vulkan.VK10.vkCreatePipelineLayout;
import static org.lwjgl.vulkan.VK10.vkDestroyPipeline;
import static org.lwjgl.vulkan.VK10.vkDestroyPipelineLayout;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkComputePipelineCreateInfo;
import org.lwjgl.vulkan.VkPipelineLayoutCreateInfo;
import org.lwjgl.vulkan.VkPipelineShaderStageCreateInfo;
import org.lwjgl.vulkan.VkPushConstantRange;

/** What the GPU runs: shaders with their fixed state, one descriptor set and push constants. */
public final class Pipeline implements GpuScope.Owned {

  private final GpuScope scope;
  private final long handle;
  private final long layout;
  private final int bindPoint;

  private Pipeline(GpuScope scope, long handle, long layout, int bindPoint) {
    this.scope = scope;
    this.handle = handle;
    this.layout = layout;
    this.bindPoint = bindPoint;
  }

  /**
   * Makes a pipeline of one compute shader.
   *
   * @param pushBytes the size of the shader's push constants, at most 128
   */
  public static Pipeline compute(
      Gpu gpu, ShaderModule shader, DescriptorLayout descriptors, int pushBytes) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            long layout = layout(stack, scope, gpu, descriptors, pushBytes);
            var infos = VkComputePipelineCreateInfo.calloc(1, stack);
            infos
                .get(0)
                .sType$Default()
                .layout(layout)
                .stage(stage -> describe(stack, stage, VK_SHADER_STAGE_COMPUTE_BIT, shader));
            var created = stack.mallocLong(1);
            check(
                vkCreateComputePipelines(gpu.handle(), VK_NULL_HANDLE, infos, null, created),
                "vkCreateComputePipelines");
            return owned(scope, gpu, created.get(0), layout, VK_PIPELINE_BIND_POINT_COMPUTE);
          }
        });
  }

  /** As {@link #compute} for two shaders with their fixed state. */
  public static Pipeline graphics(
      Gpu gpu, GraphicsState state, DescriptorLayout descriptors, int pushBytes) {
    return GpuScope.build(
        scope -> {
          try (var stack = MemoryStack.stackPush()) {
            long layout = layout(stack, scope, gpu, descriptors, pushBytes);
            long handle = state.create(stack, gpu, layout);
            return owned(scope, gpu, handle, layout, VK_PIPELINE_BIND_POINT_GRAPHICS);
          }
        });
  }

  private static Pipeline owned(GpuScope scope, Gpu gpu, long handle, long layout, int bindPoint) {
    scope.own(() -> vkDestroyPipeline(gpu.handle(), handle, null));
    return new Pipeline(scope, handle, layout, bindPoint);
  }

  private static long layout(
      MemoryStack stack, GpuScope scope, Gpu gpu, DescriptorLayout descriptors, int pushBytes) {
    var ranges = VkPushConstantRange.calloc(1, stack);
    ranges.get(0).stageFlags(VK_SHADER_STAGE_ALL).size(pushBytes);
    var info =
        VkPipelineLayoutCreateInfo.calloc(stack)
            .sType$Default()
            .pSetLayouts(stack.longs(descriptors.handle()))
            .pPushConstantRanges(ranges);
    var created = stack.mallocLong(1);
    check(vkCreatePipelineLayout(gpu.handle(), info, null, created), "vkCreatePipelineLayout");
    long layout = created.get(0);
    scope.own(() -> vkDestroyPipelineLayout(gpu.handle(), layout, null));
    return layout;
  }

  static void describe(
      MemoryStack stack, VkPipelineShaderStageCreateInfo info, int stage, ShaderModule shader) {
    info.sType$Default().stage(stage).module(shader.handle()).pName(stack.UTF8("main"));
  }

  long handle() {
    return handle;
  }

  long layout() {
    return layout;
  }

  int bindPoint() {
    return bindPoint;
  }

  @Override
  public void close() {
    scope.close();
  }
}
