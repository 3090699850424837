package dev.vitrine.runtime.stage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads UTF-8 lines of a bounded length. */
final class LineReader {

  private static final int LONGEST_REPLY = 8 << 20;

  private final InputStream in;
  private final int longest;

  LineReader(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  static LineReader of(SocketChannel channel) {
    return new LineReader(Channels.newInputStream(channel), LONGEST_REPLY);
  }

  /** The next line without its end, or null at the end of the stream. */
  @Nullable String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == longest) {
        throw new IOException("a line is longer than %d bytes".formatted(longest));
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
