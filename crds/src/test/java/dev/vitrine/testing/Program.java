package dev.vitrine.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program, ended with its owner; what it says goes to target/NAME.log. */
final class Program implements AutoCloseable {

  private static final int END_LIMIT_SECONDS = 10;

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Program start(Path file, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    var log = Files.createDirectories(Path.of("target")).resolve(file.getFileName() + ".log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Program(process, log);
  }

  /** Throws, with the last that it said, if the program has ended by itself. */
  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "ended with status %d, saying \"%s\": see %s"
              .formatted(process.exitValue(), lastLine(), log.toAbsolutePath()));
    }
  }

  private String lastLine() {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> !line.isBlank()).reduce((earlier, later) -> later).orElse("");
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** Ends it at once, in the middle of whatever it does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
