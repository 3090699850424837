package dev.vitrine.runtime.engine;

/**
 * What a renderer is made with.
 *
 * @param validation whether Vulkan's validation layer watches every call; for tests
 * @param sceneBytes the most GPU memory that meshes and instances may take
 * @param openPictures how many pictures may be open at once: those rendered, queued and encoded
 */
public record RendererOptions(boolean validation, long sceneBytes, int openPictures) {

  public static final RendererOptions DEFAULT = new RendererOptions(false, 4L << 30, 4);

  public RendererOptions {
    if (sceneBytes < 1 << 20) {
      throw new IllegalArgumentException("sceneBytes must be at least 1 MiB, but is " + sceneBytes);
    }
    if (openPictures < 1 || openPictures > 16) {
      throw new IllegalArgumentException("openPictures must lie in 1..16, but is " + openPictures);
    }
  }

  public RendererOptions withValidation(boolean on) {
    return new RendererOptions(on, sceneBytes, openPictures);
  }
}
