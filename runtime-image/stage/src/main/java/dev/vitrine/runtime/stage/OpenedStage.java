package dev.vitrine.runtime.stage;

import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A stage as it was when it was opened or edited. Its scene is a view of a mapped file: it may be
 * read, by any thread, until this is closed.
 */
public final class OpenedStage implements AutoCloseable {

  private final String url;
  private final SegmentContent content;
  private final List<String> files;
  private final List<String> sources;
  private final MemorySegment segment;
  private final Arena memory;

  OpenedStage(
      String url,
      SegmentContent content,
      List<String> files,
      List<String> sources,
      MemorySegment segment,
      Arena memory) {
    this.url = url;
    this.content = content;
    this.files = List.copyOf(files);
    this.sources = List.copyOf(sources);
    this.segment = segment;
    this.memory = memory;
  }

  /** The address it was asked for by, relative to the assets folder; empty for a new stage. */
  public String url() {
    return url;
  }

  public SceneSnapshot scene() {
    return content.scene();
  }

  /** Sentences about what could not be composed or drawn. */
  public List<String> warnings() {
    return List.copyOf(content.warnings());
  }

  /** The same for scenes that are the same. */
  public long checksum() {
    return Checksum.of(segment);
  }

  /** What it was composed of, relative to the assets folder; empty if not all of it is known. */
  List<String> files() {
    return files;
  }

  /**
   * The files that it was read from, or was to be read from, as the process names them: relative to
   * the assets folder.
   */
  public List<String> sources() {
    return sources;
  }

  MemorySegment segment() {
    return segment;
  }

  /** Unmaps the scene's memory; the scene must not be read any more. */
  @Override
  public void close() {
    memory.close();
  }
}
