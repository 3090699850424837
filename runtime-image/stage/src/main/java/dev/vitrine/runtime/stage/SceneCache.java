package dev.vitrine.runtime.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scenes of stages that were composed before, in a folder that runtimes share. Each is a file: a
 * line of JSON, {@link SceneEntry}, filled up with blanks, and the segment. It is believed no more
 * than what the stage process says: the segment is read with the same care, and a scene from here
 * is only shown until the stage has been composed. Safe for use by several threads and processes.
 */
public final class SceneCache {

  private static final Logger LOG = LoggerFactory.getLogger(SceneCache.class);
  private static final String PREFIX = "scene-";
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_LINE = 1 << 20;
  private static final long LARGEST_SCENE = 256L << 20;
  private static final int READ_BYTES = 1 << 24;

  private final Path folder;
  private final Path assets;
  private final Path composer;
  private final long mostBytes;
  private final InstantSource clock;

  /**
   * @param folder made if it is missing; where it cannot be written nothing is kept
   * @param mostBytes beyond it the scenes that were used the longest ago go
   */
  public SceneCache(Path folder, StageOptions options, long mostBytes, InstantSource clock) {
    this.folder = folder;
    this.assets = options.assets().toAbsolutePath().normalize();
    this.composer = options.packageFolder();
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /**
   * The scene of a stage, if it was kept and all files that it was composed of are as they were.
   */
  public Optional<OpenedStage> find(String url) {
    var file = fileOf(url);
    var memory = Arena.ofShared();
    try {
      var whole = read(file, memory);
      long start = lineEnd(whole);
      var entry = SceneEntry.parse(text(whole.asSlice(0, start)));
      var segment = whole.asSlice(start);
      if (entry.url().equals(url)
          && entry.composer() == Checksum.of(composer, ".py")
          && entry.bytes() == segment.byteSize()
          && entry.checksum() == Checksum.of(segment)
          && areThere(entry.sources())) {
        var content = SegmentReader.read(segment);
        touch(file);
        return Optional.of(new OpenedStage(url, content, List.of(), List.of(), segment, memory));
      }
      LOG.info("the kept scene of {} is of another state of it", url);
    } catch (NoSuchFileException none) {
      LOG.debug("no scene of {} was kept", url);
    } catch (IOException
        | UncheckedIOException
        | InvalidPathException
        | SegmentException unusable) {
      LOG.warn("the kept scene of {} is of no use: {}", url, unusable.toString());
    }
    memory.close();
    remove(file);
    return Optional.empty();
  }

  /** Keeps the scene of a stage as it is now, unless not all of its files are known. */
  public void keep(OpenedStage stage) {
    var segment = stage.segment();
    if (stage.files().isEmpty() || segment.byteSize() > Math.min(LARGEST_SCENE, mostBytes)) {
      return;
    }
    try {
      var entry =
          new SceneEntry(
              stage.url(),
              Checksum.of(composer, ".py"),
              segment.byteSize(),
              stage.checksum(),
              sources(stage.files()));
      var line = line(entry);
      if (line.length > LONGEST_LINE || isKept(fileOf(stage.url()), line)) {
        return;
      }
      Files.createDirectories(folder);
      write(fileOf(stage.url()), line, segment);
      makeRoom();
    } catch (IOException
        | UncheckedIOException
        | InvalidPathException
        | DirectoryIteratorException failed) {
      LOG.warn("the scene of {} is not kept: {}", stage.url(), failed.toString());
    }
  }

  /** The oldest go first; one that another user wrote keeps its time. */
  private void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    } catch (IOException stays) {
      LOG.debug("{} keeps its time", file, stays);
    }
  }

  private Path fileOf(String url) {
    var sum = new CRC32C();
    sum.update(url.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(PREFIX + HexFormat.of().toHexDigits((int) sum.getValue()));
  }

  /** What is of no use is not looked at again, and is replaced. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      LOG.debug("{} cannot be removed", file, stays);
    }
  }

  private boolean areThere(List<SceneEntry.Source> sources) throws IOException {
    for (var source : sources) {
      var file = assets.resolve(source.path()).normalize();
      if (!file.startsWith(assets)
          || !Files.isRegularFile(file)
          || Files.size(file) != source.bytes()
          || Checksum.of(file) != source.checksum()) {
        return false;
      }
    }
    return !sources.isEmpty();
  }

  private List<SceneEntry.Source> sources(List<String> files) throws IOException {
    var sources = new ArrayList<SceneEntry.Source>();
    for (var path : files) {
      var file = assets.resolve(path);
      sources.add(new SceneEntry.Source(path, Files.size(file), Checksum.of(file)));
    }
    return sources;
  }

  /** Into memory of our own: what another process may cut short must not be mapped. */
  private static MemorySegment read(Path file, Arena memory) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString()); // a pipe would be waited for without end
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size > LARGEST_SCENE + LONGEST_LINE) {
        throw new IOException("it is larger than any that is kept");
      }
      var whole = memory.allocate(size, ALIGNMENT);
      for (long at = 0; at < size; ) {
        var part = whole.asSlice(at, Math.min(READ_BYTES, size - at)).asByteBuffer();
        int read = channel.read(part, at);
        if (read < 0) {
          throw new IOException("it ends early");
        }
        at += read;
      }
      return whole;
    }
  }

  private static long lineEnd(MemorySegment whole) throws SegmentException {
    long longest = Math.min(LONGEST_LINE, whole.byteSize());
    for (long end = ALIGNMENT; end <= longest; end += ALIGNMENT) {
      if (whole.get(ValueLayout.JAVA_BYTE, end - 1) == '\n') {
        return end;
      }
    }
    throw new SegmentException("it has no first line");
  }

  private static String text(MemorySegment line) {
    return StandardCharsets.UTF_8.decode(line.asByteBuffer()).toString();
  }

  private static byte[] line(SceneEntry entry) {
    var text = entry.toJson().getBytes(StandardCharsets.UTF_8);
    var line = new byte[Math.ceilDiv(text.length + 1, ALIGNMENT) * ALIGNMENT];
    Arrays.fill(line, (byte) ' ');
    System.arraycopy(text, 0, line, 0, text.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private static boolean isKept(Path file, byte[] line) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var there = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Arrays.equals(there.readNBytes(line.length), line);
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  /** Under another name first: whoever reads sees all of a scene or the one before. */
  private void write(Path file, byte[] line, MemorySegment segment) throws IOException {
    var whole = Files.createTempFile(folder, PREFIX, ".tmp");
    try {
      try (var channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        write(channel, ByteBuffer.wrap(line));
        write(channel, segment.asByteBuffer());
      }
      Files.setLastModifiedTime(whole, FileTime.from(clock.instant()));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Half-written files of processes that died count, and grow old, too. */
  private void makeRoom() throws IOException {
    record Kept(Path file, long bytes, FileTime used) {}
    var scenes = new ArrayList<Kept>();
    try (var files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (var file : files) {
        scenes.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
    scenes.sort(Comparator.comparing(Kept::used).reversed());
    long bytes = 0;
    for (var scene : scenes) {
      bytes += scene.bytes();
      if (bytes > mostBytes) {
        Files.deleteIfExists(scene.file());
      }
    }
  }
}
