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

  /** What one invocation and one group of i420.comp convert. */
  private static final int PIXELS_WIDE = 8;

  private static final int PIXELS_HIGH = 2;
  private static final int GROUP = 8;

  /** Where the bars lie in a picture of 720 rows. */
  private static final int BARS_FROM = 8;

  private static final int BARS_TO = 24;
  private static final int BARS_OF = 720;

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

  void record(
      CommandBuffer commands, RenderTarget target, PictureSlot slot, PictureOptions options) {
    descriptors.set(0, target.color());
    descriptors.set(1, slot.buffer());
    commands.transition(target.color(), ImageUse.COLOR_TARGET, ImageUse.COMPUTE_READ);
    commands.bind(pipeline, descriptors);
    commands.push(pipeline, constants(slot.layout(), options));
    commands.dispatch(
        Math.ceilDiv(slot.layout().lumaStride(), PIXELS_WIDE * GROUP),
        Math.ceilDiv(target.size().height(), PIXELS_HIGH * GROUP));
    commands.barrier(BufferUse.COMPUTE_WRITE, BufferUse.CPU_READ);
  }

  private static int[] constants(I420Layout layout, PictureOptions options) {
    int height = layout.size().height();
    var timeCode = options.timeCode();
    long bars = timeCode == null ? 0 : timeCode.bars();
    boolean painted = timeCode != null;
    return new int[] {
      layout.size().width(),
      height,
      layout.lumaStride(),
      layout.chromaStride(),
      Float.floatToRawIntBits((float) options.colors().red()),
      Float.floatToRawIntBits((float) options.colors().blue()),
      (int) (bars >>> (TimeCode.BARS - 32)),
      (int) (bars & 0xff),
      painted ? BARS_FROM * height / BARS_OF & ~1 : 0,
      painted ? Math.ceilDiv(BARS_TO * height, BARS_OF) : 0
    };
  }
}
