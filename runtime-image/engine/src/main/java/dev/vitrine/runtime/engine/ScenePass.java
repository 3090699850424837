package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.DrawList.Batch;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.Vec3;
import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.DescriptorLayout;
import dev.vitrine.runtime.engine.vk.DescriptorLayout.Binding;
import dev.vitrine.runtime.engine.vk.DescriptorSet;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.GraphicsState;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import dev.vitrine.runtime.engine.vk.Pipeline;
import java.util.List;

/** Draws the scene into a render target: opaque things, the background, see-through things. */
final class ScenePass {

  private static final int VERTEX_STREAMS = 3;
  private static final int PUSH_BYTES = 4;
  private static final Bounds NOWHERE = new Bounds(Vec3.ZERO, Vec3.ZERO);

  private final Uploader uploader;
  private final MeshStore meshes;
  private final Pipeline opaque;
  private final Pipeline blended;
  private final Pipeline background;
  private final DescriptorSet descriptors;
  private final FrameUniforms uniforms;
  private final GrowingBuffer instances;
  private final GrowingBuffer materials;

  private DrawList drawList = new DrawList(List.of(), List.of(), List.of());

  ScenePass(Gpu gpu, Uploader uploader, MeshStore meshes, GpuScope scope) {
    this.uploader = uploader;
    this.meshes = meshes;
    var layout =
        scope.own(
            DescriptorLayout.create(
                gpu, Binding.UNIFORM_BUFFER, Binding.STORAGE_BUFFER, Binding.STORAGE_BUFFER));
    try (var lit = Shaders.load(gpu, "lit.vert");
        var shading = Shaders.load(gpu, "lit.frag");
        var everywhere = Shaders.load(gpu, "background.vert");
        var gradient = Shaders.load(gpu, "background.frag")) {
      opaque =
          scope.own(pipeline(gpu, new GraphicsState(lit, shading, VERTEX_STREAMS, false), layout));
      blended =
          scope.own(pipeline(gpu, new GraphicsState(lit, shading, VERTEX_STREAMS, true), layout));
      background =
          scope.own(pipeline(gpu, new GraphicsState(everywhere, gradient, 0, false), layout));
    }
    var frame =
        scope.own(Buffer.create(gpu, FrameUniforms.BYTES, Buffer.Usage.UNIFORM, MemoryKind.UPLOAD));
    uniforms = new FrameUniforms(frame.mapped());
    instances = scope.own(new GrowingBuffer(gpu));
    materials = scope.own(new GrowingBuffer(gpu));
    descriptors = scope.own(DescriptorSet.create(gpu, layout));
    descriptors.set(0, frame);
    descriptors.set(1, instances.buffer());
    descriptors.set(2, materials.buffer());
  }

  private static Pipeline pipeline(Gpu gpu, GraphicsState state, DescriptorLayout layout) {
    return Pipeline.graphics(gpu, state, layout, PUSH_BYTES);
  }

  /** Takes over the scene as it is now. */
  void update(SceneState scene) {
    var table = new MaterialTable(scene.materials());
    drawList = DrawList.of(scene, table);
    if (materials.ensure(table.data().byteSize())) {
      descriptors.set(2, materials.buffer());
    }
    uploader.upload(table.data(), materials.buffer(), 0);
    if (instances.ensure(drawList.transformBytes())) {
      descriptors.set(1, instances.buffer());
    }
    long at = 0;
    for (var transforms : drawList.transforms()) {
      uploader.upload(transforms, instances.buffer(), at);
      at += transforms.byteSize();
    }
    uploader.flush();
  }

  /** Records the drawing of one picture. */
  void record(CommandBuffer commands, RenderTarget target, Camera camera, SceneState scene) {
    var lighting = Lighting.of(scene.lights(), scene.bounds("/").orElse(NOWHERE), camera);
    uniforms.write(camera, target.size().aspect(), scene.upAxis().direction(), lighting);
    target.begin(commands);
    draw(commands, opaque, drawList.opaque());
    commands.bind(background, descriptors);
    commands.draw(3);
    draw(commands, blended, drawList.blendedFrom(camera.eye()));
    commands.endRendering();
  }

  private void draw(CommandBuffer commands, Pipeline pipeline, List<Batch> batches) {
    if (batches.isEmpty()) {
      return;
    }
    commands.bind(pipeline, descriptors);
    int boundMesh = -1;
    boolean drawable = false;
    for (var batch : batches) {
      if (batch.meshId() != boundMesh) {
        boundMesh = batch.meshId();
        drawable = meshes.bind(commands, boundMesh);
      }
      if (drawable) {
        commands.push(pipeline, batch.materialPlace());
        commands.drawIndexed(
            batch.indexCount(), batch.instanceCount(), batch.firstIndex(), batch.firstInstance());
      }
    }
  }
}
