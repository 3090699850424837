package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.SceneUpdate;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Fence;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders one scene. All methods belong to one thread, the render thread; only the pictures may be
 * read and closed elsewhere. Close the pictures first, then the renderer.
 */
public final class Renderer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Renderer.class);
  private static final Duration PICTURE_LIMIT = Duration.ofSeconds(10);

  private final GpuScope scope;
  private final Instance instance;
  private final Gpu gpu;
  private final CommandBuffer commands;
  private final Fence done;
  private final MeshStore meshes;
  private final SceneMemory memory;
  private final ScenePass scenePass;
  private final OutlinePass outlinePass;
  private final I420Pass i420Pass;
  private final PictureSlots slots;
  private final SceneState scene = new SceneState();
  private @Nullable RenderTarget target;
  private Look look = Look.DEFAULT;

  private Renderer(RendererOptions options, GpuScope scope) {
    this.scope = scope;
    instance = scope.own(Instance.create(options.validation()));
    gpu = scope.own(Gpu.open(instance));
    commands = scope.own(CommandBuffer.create(gpu));
    done = scope.own(Fence.create(gpu));
    var uploader = scope.own(Uploader.create(gpu));
    meshes = new MeshStore(gpu, uploader, scope);
    memory = new SceneMemory(options.sceneBytes(), meshes, scene);
    scenePass = new ScenePass(gpu, uploader, meshes, scope);
    outlinePass = new OutlinePass(gpu, scenePass, scope);
    i420Pass = new I420Pass(gpu, scope);
    slots = new PictureSlots(gpu, options.openPictures());
    scenePass.update(scene);
  }

  /**
   * Opens the best GPU there is.
   *
   * @throws dev.vitrine.runtime.engine.vk.VulkanException if none can be used, saying what to check
   */
  public static Renderer create(RendererOptions options) {
    return GpuScope.build(scope -> new Renderer(options, scope));
  }

  /** The GPU's name, for a log or a person. */
  public String device() {
    return gpu.name();
  }

  /**
   * Changes the scene, wholly or not at all; the update's segments are not read after this returns.
   *
   * @throws IllegalArgumentException if the update names a mesh or a material that is not there, or
   *     needs more memory than {@link RendererOptions#sceneBytes()}
   */
  public void apply(SceneUpdate update) {
    memory.requireRoom(update);
    scene.apply(update);
    switch (update) {
      case SceneSnapshot snapshot -> {
        meshes.clear();
        snapshot.meshes().forEach(meshes::put);
      }
      case SceneDelta delta -> {
        delta.removedMeshes().forEach(meshes::remove);
        delta.meshes().forEach(meshes::put);
      }
    }
    scenePass.update(scene);
    outlinePass.update(scene);
  }

  /** How pictures look. */
  public Look look() {
    return look;
  }

  /** Has all pictures from now on look so. */
  public void show(Look changed) {
    look = changed;
  }

  /** As {@link #render(Camera, PictureSize, PictureOptions)} with the default options. */
  public Picture render(Camera camera, PictureSize size) {
    return render(camera, size, PictureOptions.DEFAULT);
  }

  /**
   * Renders one picture and waits for it.
   *
   * @throws IllegalStateException if {@link RendererOptions#openPictures()} are still open
   * @throws dev.vitrine.runtime.engine.vk.VulkanException if the GPU failed or took too long
   */
  public Picture render(Camera camera, PictureSize size, PictureOptions options) {
    long capturedAtNanos = System.nanoTime();
    var slot = slots.take(size);
    var picture = new SlotPicture(slot, slots, capturedAtNanos);
    try {
      var sized = target(size);
      commands.begin();
      scenePass.record(commands, sized, camera, scene, look);
      outlinePass.record(commands, sized, camera);
      i420Pass.record(commands, sized, slot, options.colors());
      commands.end();
      gpu.submit(commands, done);
      done.await(PICTURE_LIMIT);
      var timeCode = options.timeCode();
      if (timeCode != null) {
        timeCode.paintOn(picture);
      }
      var band = options.band();
      if (band != null) {
        RubberBand.paint(picture, band);
      }
      return picture;
    } catch (RuntimeException e) {
      picture.close();
      throw e;
    }
  }

  /**
   * Draws a line around these prims, with all below them, in pictures from now on: also where
   * something hides them. Paths that nothing is drawn at or below are kept, for it may come.
   */
  public void outline(List<String> prims) {
    outlinePass.outline(prims, scene);
  }

  /**
   * Finds out which prims are seen in an area of the picture, and waits for it: for one pixel that
   * is the nearest one there, see-through ones among them.
   *
   * @param pickable asked with a prim's path; what may not be picked is left out, and hides what is
   *     behind it unless it is see-through
   * @return the prims' paths in their order; none for an area outside of the picture
   * @throws dev.vitrine.runtime.engine.vk.VulkanException if the GPU failed or took too long
   */
  public List<String> pick(
      Camera camera, PictureSize size, PictureArea area, Predicate<String> pickable) {
    return area.within(size).map(seen -> seenIn(seen, camera, size, pickable)).orElse(List.of());
  }

  private List<String> seenIn(
      PictureArea area, Camera camera, PictureSize size, Predicate<String> pickable) {
    try (var pick = new PickPass(gpu, scenePass, area)) {
      var sized = target(size);
      commands.begin();
      scenePass.look(camera, size, scene, look);
      pick.record(commands, sized, camera, pickable);
      commands.end();
      gpu.submit(commands, done);
      done.await(PICTURE_LIMIT);
      return pick.prims().stream().filter(pickable).toList();
    }
  }

  private RenderTarget target(PictureSize size) {
    var current = target;
    if (current != null && current.size().equals(size)) {
      return current;
    }
    closeTarget();
    var created = RenderTarget.create(gpu, size);
    target = created;
    return created;
  }

  private void closeTarget() {
    if (target != null) {
      target.close();
      target = null;
    }
  }

  /** A box around everything drawn; empty when nothing is. */
  public Optional<Bounds> bounds() {
    return bounds("/");
  }

  /** A box around what is drawn at or below a prim; empty when nothing is. */
  public Optional<Bounds> bounds(String primPath) {
    return scene.bounds(primPath);
  }

  /** Whether anything is drawn at or below a prim: quicker than to ask for its box. */
  public boolean isDrawn(String primPath) {
    return scene.isDrawn(primPath);
  }

  public UpAxis upAxis() {
    return scene.upAxis();
  }

  /** The stage's cameras. */
  public List<CameraData> cameras() {
    return scene.cameras();
  }

  /** What the validation layer complained about so far. */
  List<String> validationMessages() {
    return instance.validationMessages();
  }

  /** The GPU memory that meshes take. */
  long meshBytes() {
    return meshes.bytes();
  }

  @Override
  public void close() {
    if (!slots.close()) {
      LOG.error("pictures are still open: the GPU stays open too, as long as this process lives");
      return;
    }
    closeTarget();
    scope.close();
  }
}
