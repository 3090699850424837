package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.SceneUpdate;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.vk.VulkanException;
import java.util.List;
import java.util.Optional;

/**
 * Renders one scene. All methods belong to one thread, the render thread; only the pictures may be
 * read and closed elsewhere. Close the pictures first, then the renderer.
 */
public final class Renderer implements AutoCloseable {

  private Renderer() {}

  /**
   * Opens the best GPU there is.
   *
   * @throws VulkanException if none can be used, saying what to check
   */
  public static Renderer create(RendererOptions options) {
    if (options.openPictures() > 0) {
      throw new VulkanException("rendering lands with the next commit");
    }
    return new Renderer();
  }

  /** The GPU and its driver, for a log or a person. */
  public String device() {
    return "";
  }

  /**
   * Changes the scene, wholly or not at all; the update's segments are not read after this returns.
   *
   * @throws IllegalArgumentException if the update names a mesh or a material that is not there, or
   *     needs more memory than {@link RendererOptions#sceneBytes()}
   */
  public void apply(SceneUpdate update) {}

  /** As {@link #render(Camera, PictureSize, PictureOptions)} with the default options. */
  public Picture render(Camera camera, PictureSize size) {
    return render(camera, size, PictureOptions.DEFAULT);
  }

  /**
   * Renders one picture and waits for it.
   *
   * @throws IllegalStateException if {@link RendererOptions#openPictures()} are still open
   * @throws VulkanException if the GPU failed or took too long
   */
  public Picture render(Camera camera, PictureSize size, PictureOptions options) {
    return Optional.<Picture>empty().orElseThrow();
  }

  /** A box around everything drawn; empty when nothing is. */
  public Optional<Bounds> bounds() {
    return Optional.empty();
  }

  /** A box around what is drawn at or below a prim; empty when nothing is. */
  public Optional<Bounds> bounds(String primPath) {
    return Optional.empty();
  }

  public UpAxis upAxis() {
    return UpAxis.Y;
  }

  /** The stage's cameras. */
  public List<CameraData> cameras() {
    return List.of();
  }

  @Override
  public void close() {}
}
