package dev.vitrine.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.cli.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The question to Python, put to scripts in its place. */
class OpenUsdTest {

  @TempDir private Path work;

  @Test
  void nothing_of_the_current_folder_is_imported() throws IOException {
    assertThat(new OpenUsd(python("echo $1 $2")).look().found()).isEqualTo("-I -c");
  }

  @Test
  @Timeout(10)
  void a_long_answer_is_read_to_its_end() throws IOException {
    var found = new OpenUsd(python("head -c 200000 /dev/zero | tr '\\0' x; echo end")).look();
    assertThat(found.verdict()).isEqualTo(Verdict.ok);
    assertThat(found.found()).endsWith("end");
  }

  @Test
  void who_is_interrupted_leaves_nobody_behind() throws Exception {
    var pid = work.resolve("pid");
    var usd = new OpenUsd(python("echo $$ >%s; exec sleep 60".formatted(pid)));
    var looking = Thread.ofVirtual().start(usd::look);
    Awaitility.await().until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
    looking.interrupt();
    looking.join(Duration.ofSeconds(10));
    var asked = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await()
        .until(() -> ProcessHandle.of(asked).filter(ProcessHandle::isAlive).isEmpty());
  }

  private Path python(String script) throws IOException {
    var python = Files.writeString(work.resolve("python3"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
