package dev.vitrine.runtime.stage;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * CRC-32C (RFC 3720, appendix B.4): tells what changed or broke, at the speed of memory. It is no
 * proof against somebody who wants it to match.
 */
final class Checksum {

  private static final int BUFFER_BYTES = 1 << 20;

  private Checksum() {}

  static long of(MemorySegment memory) {
    var sum = new CRC32C();
    for (long at = 0; at < memory.byteSize(); at += BUFFER_BYTES) {
      sum.update(memory.asSlice(at, Math.min(BUFFER_BYTES, memory.byteSize() - at)).asByteBuffer());
    }
    return sum.getValue();
  }

  static long of(Path file) throws IOException {
    var sum = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        sum.update(buffer.flip());
      }
    }
    return sum.getValue();
  }

  /** Of all files with a name that ends so, and of their names. */
  static long of(Path folder, String suffix) throws IOException {
    var sum = new CRC32C();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(it -> it.toString().endsWith(suffix)).sorted().toList()) {
        sum.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        sum.update(Files.readAllBytes(file));
      }
    }
    return sum.getValue();
  }
}
