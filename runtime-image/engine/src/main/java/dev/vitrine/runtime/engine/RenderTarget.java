package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Vec3;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.Image;
import dev.vitrine.runtime.engine.vk.ImageUse;

/**
 * The images that pictures of one size are drawn into.
 *
 * @param ids which instance is where; only touched where something is picked or outlined
 */
record RenderTarget(PictureSize size, Image color, Image depth, Image ids, GpuScope scope)
    implements GpuScope.Owned {

  static RenderTarget create(Gpu gpu, PictureSize size) {
    return GpuScope.build(
        scope ->
            new RenderTarget(
                size,
                scope.own(Image.create(gpu, Image.Content.COLOR, size.width(), size.height())),
                scope.own(Image.create(gpu, Image.Content.DEPTH, size.width(), size.height())),
                scope.own(Image.create(gpu, Image.Content.NUMBER, size.width(), size.height())),
                scope));
  }

  void begin(CommandBuffer commands, Vec3 background) {
    commands.transition(color, ImageUse.DISCARDED, ImageUse.COLOR_TARGET);
    commands.transition(depth, ImageUse.DISCARDED, ImageUse.DEPTH_TARGET);
    commands.beginRendering(color, background, depth, 0, 0, size.width(), size.height());
  }

  /** Begins the drawing of ids into an area, which holds none at first. */
  void beginIds(CommandBuffer commands, PictureArea area) {
    commands.transition(ids, ImageUse.DISCARDED, ImageUse.COLOR_TARGET);
    commands.transition(depth, ImageUse.DISCARDED, ImageUse.DEPTH_TARGET);
    commands.beginRendering(ids, Vec3.ZERO, depth, area.x(), area.y(), area.width(), area.height());
  }

  @Override
  public void close() {
    scope.close();
  }
}
