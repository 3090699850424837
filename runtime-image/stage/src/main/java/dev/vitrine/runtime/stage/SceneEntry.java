package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kept scene is the scene of.
 *
 * @param url the stage's address
 * @param composer which version of the stage process wrote it
 * @param bytes how long the segment is
 * @param checksum the segment's
 * @param sources all files that the stage was composed of
 */
record SceneEntry(String url, long composer, long bytes, long checksum, List<Source> sources) {

  /**
   * A file that the stage was composed of.
   *
   * @param path relative to the assets folder
   */
  record Source(String path, long bytes, long checksum) {}

  String toJson() {
    var json =
        Json.object()
            .put("url", url)
            .put("composer", composer)
            .put("bytes", bytes)
            .put("checksum", checksum);
    var files = json.putArray("sources");
    sources.forEach(
        it ->
            files
                .addObject()
                .put("path", it.path())
                .put("bytes", it.bytes())
                .put("checksum", it.checksum()));
    return json.toString();
  }

  /**
   * Reads it.
   *
   * @throws SegmentException if it is no entry
   */
  static SceneEntry parse(String text) throws SegmentException {
    try {
      var json = Json.read(text);
      var sources = new ArrayList<Source>();
      for (var file : json.required("sources")) {
        sources.add(new Source(file.required("path").asText(), bytes(file), checksum(file)));
      }
      return new SceneEntry(
          json.required("url").asText(),
          json.required("composer").asLong(),
          bytes(json),
          checksum(json),
          List.copyOf(sources));
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      throw new SegmentException("its first line is not an entry", malformed);
    }
  }

  private static long bytes(JsonNode json) {
    return json.required("bytes").asLong();
  }

  private static long checksum(JsonNode json) {
    return json.required("checksum").asLong();
  }
}
