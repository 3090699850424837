package dev.vitrine.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Python is called, seen by a script in its place. */
class PythonProcessTest {

  @TempDir private Path work;

  @Test
  void modules_of_the_current_folder_are_none_of_ours() throws IOException, StageException {
    var arguments = work.resolve("arguments");
    var python =
        Files.writeString(
            work.resolve("python"), "#!/bin/sh\nprintf '%%s\\n' \"$@\" >%s\n".formatted(arguments));
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    var options = StageOptions.of(python, work, work).withRunParent(work);
    try (var watchdog = Executors.newSingleThreadScheduledExecutor();
        var process = PythonProcess.launch(options, watchdog)) {
      assertThatThrownBy(process::connect).isInstanceOf(ProcessLostException.class);
    }
    assertThat(Files.readAllLines(arguments)).containsSubsequence("-P", "-m", "vitrine_stage");
  }
}
