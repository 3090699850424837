package dev.vitrine.runtime.stage;

import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A stage as it was when it was opened or edited. Its scene is a view of a mapped file: it may be
 * read, by any thread, until this is closed.
 */
public final class OpenedStage implements AutoCloseable {

  private final String url;
  private final SceneSnapshot scene;
  private final List<String> warnings;
  private final Arena memory;

  OpenedStage(String url, SceneSnapshot scene, List<String> warnings, Arena memory) {
    this.url = url;
    this.scene = scene;
    this.warnings = List.copyOf(warnings);
    this.memory = memory;
  }

  /** The address it was asked for by, relative to the assets folder; empty for a new stage. */
  public String url() {
    return url;
  }

  public SceneSnapshot scene() {
    return scene;
  }

  /** Sentences about what could not be composed or drawn. */
  public List<String> warnings() {
    return warnings;
  }

  /** Unmaps the scene's memory; the scene must not be read any more. */
  @Override
  public void close() {
    memory.close();
  }
}
