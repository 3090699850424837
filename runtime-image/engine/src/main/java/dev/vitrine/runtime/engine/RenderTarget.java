package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Vec3;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.Image;
import dev.vitrine.runtime.engine.vk.ImageUse;

/** The images that pictures of one size are drawn into. */
record RenderTarget(PictureSize size, Image color, Image depth, GpuScope scope)
    implements GpuScope.Owned {

  static RenderTarget create(Gpu gpu, PictureSize size) {
    return GpuScope.build(
        scope ->
            new RenderTarget(
                size,
                scope.own(Image.create(gpu, Image.Content.COLOR, size.width(), size.height())),
                scope.own(Image.create(gpu, Image.Content.DEPTH, size.width(), size.height())),
                scope));
  }

  void begin(CommandBuffer commands, Vec3 background) {
    commands.transition(color, ImageUse.DISCARDED, ImageUse.COLOR_TARGET);
    commands.transition(depth, ImageUse.DISCARDED, ImageUse.DEPTH_TARGET);
    commands.beginRendering(color, background, depth, size.width(), size.height());
  }

  @Override
  public void close() {
    scope.close();
  }
}
