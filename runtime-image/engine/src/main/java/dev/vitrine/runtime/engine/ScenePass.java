package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.DrawList.Batch;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.Vec3;
import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.DescriptorLayout;
import dev.vitrine.runtime.engine.vk.DescriptorLayout.Binding;
import dev.vitrine.runtime.engine.vk.DescriptorSet;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import dev.vitrine.runtime.engine.vk.Pipeline;
import dev.vitrine.runtime.engine.vk.VertexStream;
import java.util.List;
import java.util.Map;

/** Draws the scene into a render target: opaque things, then see-through ones. */
final class ScenePass {

  private static final Bounds NOWHERE = new Bounds(Vec3.ZERO, Vec3.ZERO);

  private final Uploader uploader;
  private final MeshStore meshes;
  private final ScenePipelines pipelines;
  private final DescriptorSet descriptors;
  private final FrameUniforms uniforms;
  private final GrowingBuffer instances;

  private MaterialTable materials = new MaterialTable(Map.of());
  private DrawList drawList = DrawList.EMPTY;

  ScenePass(Gpu gpu, Uploader uploader, MeshStore meshes, GpuScope scope) {
    this.uploader = uploader;
    this.meshes = meshes;
    var layout = scope.own(DescriptorLayout.create(gpu, Binding.UNIFORM_BUFFER));
    pipelines = new ScenePipelines(gpu, layout, scope);
    var frame =
        scope.own(Buffer.create(gpu, FrameUniforms.BYTES, Buffer.Usage.UNIFORM, MemoryKind.UPLOAD));
    uniforms = new FrameUniforms(frame.mapped());
    instances = scope.own(new GrowingBuffer(gpu));
    descriptors = scope.own(DescriptorSet.create(gpu, layout));
    descriptors.set(0, frame);
  }

  /** Takes over the scene as it is now. */
  void update(SceneState scene) {
    materials = new MaterialTable(scene.materials());
    drawList = DrawList.of(scene, materials);
    instances.ensure(drawList.transformBytes());
    long at = 0;
    for (var transforms : drawList.transforms()) {
      uploader.upload(transforms, instances.buffer(), at);
      at += transforms.byteSize();
    }
    uploader.flush();
  }

  /** What is drawn, as of the last update. */
  DrawList drawList() {
    return drawList;
  }

  /** Looks at the scene from a camera; what is recorded next sees it like this. */
  Lighting look(Camera camera, PictureSize size, SceneState scene, Look look) {
    List<LightData> lights = look.headlight() ? List.of() : scene.lights();
    var lighting =
        Lighting.of(lights, scene.bounds("/").orElse(NOWHERE), camera)
            .times(Math.pow(2, look.exposure()));
    uniforms.write(camera, size.aspect(), scene.upAxis().direction(), lighting);
    return lighting;
  }

  /** Records the drawing of one picture. */
  void record(
      CommandBuffer commands, RenderTarget target, Camera camera, SceneState scene, Look look) {
    var lighting = look(camera, target.size(), scene, look);
    target.begin(commands, look.background());
    draw(commands, pipelines.lit(lighting, false), drawList.opaqueFrom(camera.eye()), true);
    if (!drawList.blended().isEmpty()) {
      draw(commands, pipelines.lit(lighting, true), drawList.blendedFrom(camera.eye()), true);
    }
    commands.endRendering();
  }

  /**
   * Records the drawing of instances' numbers in an area: the nearest one's at each pixel, from 1,
   * and 0 for nothing.
   */
  void recordIds(
      CommandBuffer commands, RenderTarget target, PictureArea area, List<Batch> batches) {
    target.beginIds(commands, area);
    draw(commands, pipelines.ids(), batches, false);
    commands.endRendering();
  }

  private void draw(
      CommandBuffer commands, Pipeline pipeline, List<Batch> batches, boolean materialsRead) {
    if (batches.isEmpty()) {
      return;
    }
    commands.bind(pipeline, descriptors);
    var transforms =
        new VertexStream(instances.buffer(), 0, drawList.transformBytes(), Matrix4.FLOAT_BYTES);
    int boundMesh = -1;
    boolean drawable = false;
    for (var batch : batches) {
      if (batch.meshId() != boundMesh) {
        boundMesh = batch.meshId();
        drawable = meshes.bind(commands, boundMesh, transforms);
      }
      if (drawable) {
        if (materialsRead) {
          commands.push(pipeline, materials.words(batch.materialPlace()));
        }
        commands.drawIndexed(
            batch.indexCount(), batch.instanceCount(), batch.firstIndex(), batch.firstInstance());
      }
    }
  }
}
