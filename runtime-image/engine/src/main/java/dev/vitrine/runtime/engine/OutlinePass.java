package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.DrawList.Batch;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.Vec3;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.DescriptorLayout;
import dev.vitrine.runtime.engine.vk.DescriptorLayout.Binding;
import dev.vitrine.runtime.engine.vk.DescriptorSet;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.ImageUse;
import dev.vitrine.runtime.engine.vk.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws a line around some prims, over what was drawn before: where they are hidden, too. Without
 * prims it does nothing.
 */
final class OutlinePass {

  /** How far the line reaches, in pixels, and one more for rounding. */
  private static final int MARGIN = 3;

  private static final int PUSH_WORDS = 4;

  /** Pixels to a side of one group of outline.comp. */
  private static final int GROUP = 8;

  /** What the line is computed with; made when it is first needed. */
  private record Line(Pipeline pipeline, DescriptorSet descriptors) {}

  private final Gpu gpu;
  private final GpuScope scope;
  private final ScenePass scenePass;
  private @Nullable Line line;
  private List<String> prims = List.of();
  private List<Batch> batches = List.of();
  private Optional<Bounds> bounds = Optional.empty();

  OutlinePass(Gpu gpu, ScenePass scenePass, GpuScope scope) {
    this.gpu = gpu;
    this.scope = scope;
    this.scenePass = scenePass;
  }

  /** Outlines these prims with all below them from now on. */
  void outline(List<String> outlined, SceneState scene) {
    prims = List.copyOf(outlined);
    update(scene);
  }

  /** Takes over the scene as it is now. */
  void update(SceneState scene) {
    var draws = prims.stream().flatMap(prim -> scene.draws(prim).stream()).toList();
    var owners = draws.stream().map(Draw::owner).collect(Collectors.toSet());
    bounds = draws.stream().map(Draw::bounds).flatMap(Optional::stream).reduce(Bounds::union);
    // From wherever: the line goes around all of them together.
    batches =
        owners.isEmpty()
            ? List.of()
            : scenePass
                .drawList()
                .only((owner, seeThrough) -> owners.contains(owner))
                .seenFirstFrom(Vec3.ZERO);
  }

  /** Records the drawing into a target that holds the scene as the camera sees it. */
  void record(CommandBuffer commands, RenderTarget target, Camera camera) {
    if (batches.isEmpty()) {
      return;
    }
    bounds
        .flatMap(box -> ScreenBounds.of(box, camera, target.size(), MARGIN))
        .ifPresent(area -> record(commands, target, area));
  }

  private void record(CommandBuffer commands, RenderTarget target, PictureArea area) {
    scenePass.recordIds(commands, target, area, batches);
    var drawn = line();
    drawn.descriptors().set(0, target.ids());
    drawn.descriptors().set(1, target.color());
    commands.transition(target.ids(), ImageUse.COLOR_TARGET, ImageUse.COMPUTE_READ);
    commands.transition(target.color(), ImageUse.COLOR_TARGET, ImageUse.COMPUTE_WRITE);
    commands.bind(drawn.pipeline(), drawn.descriptors());
    commands.push(
        drawn.pipeline(), area.x(), area.y(), area.x() + area.width(), area.y() + area.height());
    commands.dispatch(Math.ceilDiv(area.width(), GROUP), Math.ceilDiv(area.height(), GROUP));
    commands.transition(target.color(), ImageUse.COMPUTE_WRITE, ImageUse.COLOR_TARGET);
  }

  private Line line() {
    if (line == null) {
      var layout =
          scope.own(DescriptorLayout.create(gpu, Binding.STORAGE_IMAGE, Binding.STORAGE_IMAGE));
      try (var shader = Shaders.load(gpu, "outline.comp")) {
        line =
            new Line(
                scope.own(Pipeline.compute(gpu, shader, layout, PUSH_WORDS * 4)),
                scope.own(DescriptorSet.create(gpu, layout)));
      }
    }
    return line;
  }
}
