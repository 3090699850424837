package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.BufferUse;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.DescriptorLayout;
import dev.vitrine.runtime.engine.vk.DescriptorLayout.Binding;
import dev.vitrine.runtime.engine.vk.DescriptorSet;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.ImageUse;
import dev.vitrine.runtime.engine.vk.Pipeline;

/** Converts what was drawn to I420 on the GPU, in memory that the CPU reads. */
final class I420Pass {

  private static final int PUSH_WORDS = 10;

  /** The ranges of limited-range luma, and of chroma to either side of its middle. */
  private static final double LUMA_RANGE = 219;

  private static final double CHROMA_RANGE = 112;

  /** What one invocation and one group of i420.comp convert. */
  private static final int PIXELS_WIDE = 8;

  private static final int PIXELS_HIGH = 2;
  private static final int GROUP = 8;

  private final Pipeline pipeline;
  private final DescriptorSet descriptors;

  I420Pass(Gpu gpu, GpuScope scope) {
    var layout =
        scope.own(DescriptorLayout.create(gpu, Binding.STORAGE_IMAGE, Binding.STORAGE_BUFFER));
    try (var shader = Shaders.load(gpu, "i420.comp")) {
      pipeline = scope.own(Pipeline.compute(gpu, shader, layout, PUSH_WORDS * 4));
    }
    descriptors = scope.own(DescriptorSet.create(gpu, layout));
  }

  void record(CommandBuffer commands, RenderTarget target, PictureSlot slot, ColorMatrix colors) {
    descriptors.set(0, target.color());
    descriptors.set(1, slot.buffer());
    commands.transition(target.color(), ImageUse.COLOR_TARGET, ImageUse.COMPUTE_READ);
    commands.bind(pipeline, descriptors);
    commands.push(pipeline, constants(slot.layout(), colors));
    commands.dispatch(
        Math.ceilDiv(slot.layout().lumaStride(), PIXELS_WIDE * GROUP),
        Math.ceilDiv(target.size().height(), PIXELS_HIGH * GROUP));
    commands.barrier(BufferUse.COMPUTE_WRITE, BufferUse.CPU_READ);
  }

  private static int[] constants(I420Layout layout, ColorMatrix colors) {
    double green = 1 - colors.red() - colors.blue();
    return new int[] {
      layout.size().width(),
      layout.size().height(),
      layout.lumaStride(),
      layout.chromaStride(),
      bits(colors.red() * LUMA_RANGE),
      bits(green * LUMA_RANGE),
      bits(colors.blue() * LUMA_RANGE),
      0,
      bits(CHROMA_RANGE / (1 - colors.blue())),
      bits(CHROMA_RANGE / (1 - colors.red()))
    };
  }

  private static int bits(double value) {
    return Float.floatToRawIntBits((float) value);
  }
}
