package dev.vitrine.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The Python that opens stages, and OpenUSD in it. */
record OpenUsd(Path python) {

  private static final int LIMIT_SECONDS = 20;
  private static final String REMEDY = "build the command and its runtime again: make -s cli";
  private static final String QUESTION =
      "import sys; from pxr import Usd; print('Python %d.%d, OpenUSD %d.%d.%d' %"
          + " (sys.version_info[:2] + Usd.GetVersion()))";

  Finding look() {
    if (!Files.isExecutable(python)) {
      return Finding.broken("openusd", python + " is missing", REMEDY);
    }
    try {
      var asked =
          new ProcessBuilder(python.toString(), "-c", QUESTION).redirectErrorStream(true).start();
      if (!asked.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        asked.destroyForcibly();
        return Finding.broken("openusd", "no answer in %d s".formatted(LIMIT_SECONDS), REMEDY);
      }
      var answer =
          new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return asked.exitValue() == 0
          ? Finding.ok("openusd", answer)
          : Finding.broken("openusd", answer.lines().reduce("", (first, last) -> last), REMEDY);
    } catch (IOException e) {
      return Finding.broken("openusd", String.valueOf(e.getMessage()), REMEDY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.broken("openusd", "interrupted", "look again");
    }
  }
}
