package dev.vitrine.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message as the frames that carry it: one, or several parts of what is too large for one. */
public final class MessageFrames {

  /** The most that a message in parts may hold, in bytes of UTF-8. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** The most that a message may hold that cannot come in parts, in bytes of UTF-8. */
  public static final int MAX_WHOLE_BYTES = 256 * 1024;

  /** Escaped as JSON, in UTF-8 and in its envelope, as many fit into a frame in any case. */
  private static final int PART_CHARS = 16 * 1024;

  private MessageFrames() {}

  /**
   * The frames in their order, each of at most {@link AppMessage#MAX_BYTES}. Who sends no ids knows
   * of no parts: a message without an id is one frame, of at most {@link #MAX_WHOLE_BYTES}.
   *
   * @return empty for a message of more than that, or than {@link #MAX_BYTES} with an id
   */
  public static List<String> of(AppMessage message) {
    var text = message.toJson();
    var id = message.id();
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > (id == null ? MAX_WHOLE_BYTES : MAX_BYTES)) {
      return List.of();
    }
    if (id == null || size <= AppMessage.MAX_BYTES) {
      return List.of(text);
    }
    var parts = parts(text);
    var frames = new ArrayList<String>(parts.size());
    for (var part : parts) {
      var chunk = new ViewerReply.Chunk(id, frames.size(), parts.size(), part);
      frames.add(chunk.toMessage().toJson());
    }
    return frames;
  }

  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(from + PART_CHARS, text.length());
      // Half a character is none in UTF-8.
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }
}
