package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.DescriptorLayout;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.GraphicsState;
import dev.vitrine.runtime.engine.vk.Image;
import dev.vitrine.runtime.engine.vk.Pipeline;
import dev.vitrine.runtime.engine.vk.ShaderModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines that draw a scene: the lit ones are made when a number of lights first needs them.
 */
final class ScenePipelines {

  private static final int VERTEX_STREAMS = 3;
  private static final int PUSH_BYTES = 4 * MaterialTable.WORDS;

  /** What makes one lit pipeline differ from another. */
  private record Variant(int distantLights, int localLights, boolean blended) {}

  private final Gpu gpu;
  private final GpuScope scope;
  private final DescriptorLayout layout;
  private final ShaderModule litVertex;
  private final ShaderModule litFragment;
  private final Map<Variant, Pipeline> lit = new HashMap<>();
  private @Nullable Pipeline ids;

  ScenePipelines(Gpu gpu, DescriptorLayout layout, GpuScope scope) {
    this.gpu = gpu;
    this.scope = scope;
    this.layout = layout;
    litVertex = scope.own(Shaders.load(gpu, "lit.vert"));
    litFragment = scope.own(Shaders.load(gpu, "lit.frag"));
  }

  Pipeline lit(Lighting lighting, boolean blended) {
    return lit.computeIfAbsent(
        new Variant(lighting.distant().size(), lighting.local().size(), blended),
        variant ->
            create(
                new GraphicsState(
                    Image.Content.COLOR,
                    litVertex,
                    litFragment,
                    VERTEX_STREAMS,
                    List.of(variant.distantLights(), variant.localLights()),
                    variant.blended())));
  }

  /** Draws the number of each instance, from 1; 0 is nothing. Made when it is first needed. */
  Pipeline ids() {
    if (ids == null) {
      try (var vertex = Shaders.load(gpu, "id.vert");
          var fragment = Shaders.load(gpu, "id.frag")) {
        ids =
            create(
                new GraphicsState(
                    Image.Content.NUMBER, vertex, fragment, VERTEX_STREAMS, List.of(), false));
      }
    }
    return ids;
  }

  private Pipeline create(GraphicsState state) {
    return scope.own(Pipeline.graphics(gpu, state, layout, PUSH_BYTES));
  }
}
