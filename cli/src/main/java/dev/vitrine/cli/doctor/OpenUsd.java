package dev.vitrine.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
      return ask();
    } catch (IOException | ExecutionException e) {
      return Finding.broken("openusd", String.valueOf(e.getMessage()), REMEDY);
    } catch (TimeoutException e) {
      return Finding.broken("openusd", "no answer in %d s".formatted(LIMIT_SECONDS), REMEDY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.broken("openusd", "interrupted", "look again");
    }
  }

  /** Isolated: nothing of the current folder or the environment is imported. */
  private Finding ask()
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    var asked =
        new ProcessBuilder(python.toString(), "-I", "-c", QUESTION)
            .redirectErrorStream(true)
            .start();
    try {
      var answer =
          CompletableFuture.supplyAsync(() -> text(asked), Thread::startVirtualThread)
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return asked.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && asked.exitValue() == 0
          ? Finding.ok("openusd", answer)
          : Finding.broken("openusd", answer.lines().reduce("", (first, last) -> last), REMEDY);
    } finally {
      asked.destroyForcibly();
    }
  }

  /** All that it says until it ends. */
  private static String text(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
