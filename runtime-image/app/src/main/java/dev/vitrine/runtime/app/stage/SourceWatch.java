package dev.vitrine.runtime.app.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the Python files below a folder change, once for all that are saved together. */
public final class SourceWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final int LOOK_MILLIS = 250;
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 2000;

  private record Version(FileTime saved, long bytes) {}

  private final Path folder;
  private final Runnable changed;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("source-watch").factory());
  private Map<Path, Version> known;
  private Map<Path, Version> lastSeen;

  /**
   * A watch that has not begun.
   *
   * @param changed called on the watch's thread
   */
  public SourceWatch(Path folder, Runnable changed) {
    this.folder = folder;
    this.changed = changed;
    this.known = sources();
    this.lastSeen = known;
  }

  /** Looks from now on. */
  public void begin() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A change is over, and told, when nothing more has changed since the last look. */
  void look() {
    var now = sources();
    if (now.equals(lastSeen) && !now.equals(known)) {
      known = now;
      changed.run();
    }
    lastSeen = now;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private Map<Path, Version> sources() {
    try (var files =
        Files.find(folder.toRealPath(), DEEPEST, SourceWatch::isSource).limit(MOST_FILES)) {
      return files.collect(Collectors.toUnmodifiableMap(file -> file, SourceWatch::version));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the folder {} changes while it is read: {}", folder, e.getMessage());
      return Map.of();
    }
  }

  private static boolean isSource(Path file, BasicFileAttributes about) {
    return about.isRegularFile() && file.toString().endsWith(".py");
  }

  private static Version version(Path file) {
    try {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
