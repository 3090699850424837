package dev.vitrine.runtime.engine.vk;

import static dev.vitrine.runtime.engine.vk.Vk.check;
import static org.lwjgl.vulkan.VK10.vkCreateShaderModule;
import static org.lwjgl.vulkan.VK10.vkDestroyShaderModule;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VkShaderModuleCreateInfo;

/** A compiled shader; needed only until the pipelines that use it are made. */
public final class ShaderModule implements GpuScope.Owned {

  private final Gpu gpu;
  private final long handle;

  private ShaderModule(Gpu gpu, long handle) {
    this.gpu = gpu;
    this.handle = handle;
  }

  public static ShaderModule create(Gpu gpu, byte[] spirv) {
    var code = MemoryUtil.memAlloc(spirv.length);
    try (var stack = MemoryStack.stackPush()) {
      code.put(spirv).flip();
      var info = VkShaderModuleCreateInfo.calloc(stack).sType$Default().pCode(code);
      var created = stack.mallocLong(1);
      check(vkCreateShaderModule(gpu.handle(), info, null, created), "vkCreateShaderModule");
      return new ShaderModule(gpu, created.get(0));
    } finally {
      MemoryUtil.memFree(code);
    }
  }

  long handle() {
    return handle;
  }

  @Override
  public void close() {
    vkDestroyShaderModule(gpu.handle(), handle, null);
  }
}
