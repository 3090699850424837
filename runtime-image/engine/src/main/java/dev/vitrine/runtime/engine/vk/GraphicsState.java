package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.*;
import static org.lwjgl.vulkan.VK13.VK_DYNAMIC_STATE_VERTEX_INPUT_BINDING_STRIDE;

import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkGraphicsPipelineCreateInfo;
import org.lwjgl.vulkan.VkPipelineColorBlendAttachmentState;
import org.lwjgl.vulkan.VkPipelineColorBlendStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineDepthStencilStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineDynamicStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineInputAssemblyStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineMultisampleStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineRasterizationStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineRenderingCreateInfo;
import org.lwjgl.vulkan.VkPipelineShaderStageCreateInfo;
import org.lwjgl.vulkan.VkPipelineVertexInputStateCreateInfo;
import org.lwjgl.vulkan.VkPipelineViewportStateCreateInfo;
import org.lwjgl.vulkan.VkSpecializationInfo;
import org.lwjgl.vulkan.VkSpecializationMapEntry;
import org.lwjgl.vulkan.VkVertexInputAttributeDescription;
import org.lwjgl.vulkan.VkVertexInputBindingDescription;

/**
 * How triangles become pixels of an image with a reversed depth image (nearer is greater).
 *
 * @param content what the image holds
 * @param vertexStreams how many streams of three floats a vertex has; one more stream has a matrix
 *     for each instance, which shaders find as the last location
 * @param constants values of both shaders' specialization constants, from id 0
 * @param blended whether alpha blends with what is there instead of replacing it and its depth
 */
public record GraphicsState(
    Image.Content content,
    ShaderModule vertex,
    ShaderModule fragment,
    int vertexStreams,
    List<Integer> constants,
    boolean blended) {

  long create(MemoryStack stack, Gpu gpu, long layout) {
    var rendering =
        VkPipelineRenderingCreateInfo.calloc(stack)
            .sType$Default()
            .colorAttachmentCount(1)
            .pColorAttachmentFormats(stack.ints(content.format))
            .depthAttachmentFormat(Image.Content.DEPTH.format);
    var infos = VkGraphicsPipelineCreateInfo.calloc(1, stack);
    infos
        .get(0)
        .sType$Default()
        .pNext(rendering)
        .pStages(stages(stack))
        .pVertexInputState(vertexInput(stack))
        .pInputAssemblyState(
            VkPipelineInputAssemblyStateCreateInfo.calloc(stack)
                .sType$Default()
                .topology(VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST))
        .pViewportState(
            VkPipelineViewportStateCreateInfo.calloc(stack)
                .sType$Default()
                .viewportCount(1)
                .scissorCount(1))
        // Nothing is culled: stages seldom say truthfully which surfaces are seen from behind.
        .pRasterizationState(
            VkPipelineRasterizationStateCreateInfo.calloc(stack)
                .sType$Default()
                .polygonMode(VK_POLYGON_MODE_FILL)
                .cullMode(VK_CULL_MODE_NONE)
                .lineWidth(1))
        .pMultisampleState(
            VkPipelineMultisampleStateCreateInfo.calloc(stack)
                .sType$Default()
                .rasterizationSamples(VK_SAMPLE_COUNT_1_BIT))
        .pDepthStencilState(
            VkPipelineDepthStencilStateCreateInfo.calloc(stack)
                .sType$Default()
                .depthTestEnable(true)
                .depthWriteEnable(!blended)
                .depthCompareOp(VK_COMPARE_OP_GREATER))
        .pColorBlendState(
            VkPipelineColorBlendStateCreateInfo.calloc(stack)
                .sType$Default()
                .pAttachments(blending(stack)))
        .pDynamicState(dynamicState(stack))
        .layout(layout);
    var created = stack.mallocLong(1);
    check(
        vkCreateGraphicsPipelines(gpu.handle(), VK_NULL_HANDLE, infos, null, created),
        "vkCreateGraphicsPipelines");
    return created.get(0);
  }

  private VkPipelineShaderStageCreateInfo.Buffer stages(MemoryStack stack) {
    var stages = VkPipelineShaderStageCreateInfo.calloc(2, stack);
    Pipeline.describe(stack, stages.get(0), VK_SHADER_STAGE_VERTEX_BIT, vertex);
    Pipeline.describe(stack, stages.get(1), VK_SHADER_STAGE_FRAGMENT_BIT, fragment);
    var specialization = specialization(stack);
    stages.forEach(stage -> stage.pSpecializationInfo(specialization));
    return stages;
  }

  private VkSpecializationInfo specialization(MemoryStack stack) {
    var entries = VkSpecializationMapEntry.calloc(constants.size(), stack);
    var data = stack.malloc(4, 4 * constants.size());
    for (int id = 0; id < constants.size(); id++) {
      entries.get(id).set(id, 4 * id, 4);
      data.putInt(4 * id, constants.get(id));
    }
    return VkSpecializationInfo.calloc(stack).pMapEntries(entries).pData(data);
  }

  private VkPipelineVertexInputStateCreateInfo vertexInput(MemoryStack stack) {
    var bindings = VkVertexInputBindingDescription.calloc(vertexStreams + 1, stack);
    var attributes = VkVertexInputAttributeDescription.calloc(vertexStreams + 4, stack);
    for (int i = 0; i < vertexStreams; i++) {
      bindings.get(i).binding(i).inputRate(VK_VERTEX_INPUT_RATE_VERTEX);
      attributes.get(i).binding(i).location(i).format(VK_FORMAT_R32G32B32_SFLOAT);
    }
    bindings.get(vertexStreams).binding(vertexStreams).inputRate(VK_VERTEX_INPUT_RATE_INSTANCE);
    for (int column = 0; column < 4; column++) {
      attributes
          .get(vertexStreams + column)
          .binding(vertexStreams)
          .location(vertexStreams + column)
          .format(VK_FORMAT_R32G32B32A32_SFLOAT)
          .offset(16 * column);
    }
    return VkPipelineVertexInputStateCreateInfo.calloc(stack)
        .sType$Default()
        .pVertexBindingDescriptions(bindings)
        .pVertexAttributeDescriptions(attributes);
  }

  private VkPipelineColorBlendAttachmentState.Buffer blending(MemoryStack stack) {
    var attachments = VkPipelineColorBlendAttachmentState.calloc(1, stack);
    attachments
        .get(0)
        .colorWriteMask(
            VK_COLOR_COMPONENT_R_BIT
                | VK_COLOR_COMPONENT_G_BIT
                | VK_COLOR_COMPONENT_B_BIT
                | VK_COLOR_COMPONENT_A_BIT)
        .blendEnable(blended)
        .srcColorBlendFactor(VK_BLEND_FACTOR_SRC_ALPHA)
        .dstColorBlendFactor(VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA)
        .srcAlphaBlendFactor(VK_BLEND_FACTOR_ONE)
        .dstAlphaBlendFactor(VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA);
    return attachments;
  }

  private VkPipelineDynamicStateCreateInfo dynamicState(MemoryStack stack) {
    // The stride is set as vertices are bound: a mesh without colours repeats one for all vertices.
    return VkPipelineDynamicStateCreateInfo.calloc(stack)
        .sType$Default()
        .pDynamicStates(
            stack.ints(
                VK_DYNAMIC_STATE_VIEWPORT,
                VK_DYNAMIC_STATE_SCISSOR,
                VK_DYNAMIC_STATE_VERTEX_INPUT_BINDING_STRIDE));
  }
}
