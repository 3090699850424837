package dev.vitrine.runtime.app.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when files change, once for all that are saved together. */
public final class SourceWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final int LOOK_MILLIS = 250;
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 2000;

  private record Version(FileTime saved, long bytes) {}

  private final Supplier<? extends Collection<Path>> files;
  private final Runnable changed;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("source-watch").factory());
  private boolean cut; // not all files are looked at
  private Map<Path, Version> known;
  private Map<Path, Version> lastSeen;

  private SourceWatch(Supplier<? extends Collection<Path>> files, Runnable changed) {
    this.files = files;
    this.changed = changed;
    this.known = versions();
    this.lastSeen = known;
  }

  /**
   * A watch that has not begun, of the Python files below a folder.
   *
   * @param changed called on the watch's thread
   */
  public static SourceWatch ofPython(Path folder, Runnable changed) {
    return new SourceWatch(() -> sources(folder), changed);
  }

  /**
   * A watch that has not begun, of files that may become others. That, too, is a change: who reads
   * others may have read them before they were saved.
   *
   * @param files the most important ones first: the first 2000 are looked at; called on the watch's
   *     thread
   * @param changed so too
   */
  public static SourceWatch ofFiles(Supplier<? extends Collection<Path>> files, Runnable changed) {
    return new SourceWatch(files, changed);
  }

  /** Looks from now on. */
  public void begin() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::lookAgain, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A look that fails is not the last one. */
  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warn("what was saved cannot be looked at", e);
    }
  }

  /** A change is over, and told, when nothing more has changed since the last look. */
  void look() {
    var now = versions();
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

  private Map<Path, Version> versions() {
    var versions = new HashMap<Path, Version>();
    var all = files.get();
    if (all.size() > MOST_FILES && !cut) {
      LOG.warn("of {} files that may be saved only {} are looked at", all.size(), MOST_FILES);
    }
    cut = all.size() > MOST_FILES;
    all.stream()
        .limit(MOST_FILES)
        .forEach(file -> version(file).ifPresent(version -> versions.put(file, version)));
    return versions;
  }

  private static Set<Path> sources(Path folder) {
    try (var files = Files.find(folder.toRealPath(), DEEPEST, SourceWatch::isSource)) {
      return files.limit(MOST_FILES).collect(Collectors.toUnmodifiableSet());
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the folder {} changes while it is read: {}", folder, e.getMessage());
      return Set.of();
    }
  }

  private static boolean isSource(Path file, BasicFileAttributes about) {
    return about.isRegularFile() && file.toString().endsWith(".py");
  }

  /** Empty for a file that is away, for good or while an editor replaces it. */
  private static Optional<Version> version(Path file) {
    try {
      var about = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Version(about.lastModifiedTime(), about.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
