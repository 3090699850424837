package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Maps the segment file that a reply names, and removes its name so that it goes with the map. */
final class SegmentFile {

  private static final Pattern NAME = Pattern.compile("segment-[0-9]{1,18}");

  private SegmentFile() {}

  /**
   * The stage that the reply's segment describes.
   *
   * @throws ProcessLostException if the process wrote something else than a segment: it is broken
   */
  static OpenedStage open(String url, JsonNode reply, Path folder) throws ProcessLostException {
    var name = reply.path("segment").asText();
    if (!NAME.matcher(name).matches()) {
      throw new ProcessLostException("The stage process named no segment file.");
    }
    var memory = Arena.ofShared();
    try {
      var segment = map(folder.resolve(name), memory);
      return new OpenedStage(
          url,
          SegmentReader.read(segment),
          names(reply.path("files")),
          names(reply.path("sources")),
          segment,
          memory);
    } catch (IOException | SegmentException broken) {
      memory.close();
      throw new ProcessLostException(
          "The stage process wrote a segment file that cannot be used: " + broken.getMessage(),
          broken);
    }
  }

  private static List<String> names(JsonNode files) {
    var names = new ArrayList<String>();
    files.forEach(file -> names.add(file.asText()));
    return names;
  }

  private static MemorySegment map(Path file, Arena memory) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is not a file");
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), memory);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
