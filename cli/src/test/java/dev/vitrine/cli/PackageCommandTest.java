package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine package}: what is refused before any work. */
class PackageCommandTest {

  @TempDir private Path work;
  private Path folder;

  @BeforeEach
  void makeAProject() {
    folder = work.resolve("look");
    Ran.vitrine("new", "--template", "empty", "--name", "look", "--dir", folder.toString());
  }

  @Test
  void a_file_in_the_project_would_be_packed_the_next_time() throws IOException {
    var link = Files.createSymbolicLink(work.resolve("link"), folder.resolve("stage"));
    refused(folder.resolve("look.tar"), folder);
    refused(folder.resolve("stage/look.tar"), folder);
    refused(link.resolve("look.tar"), folder);
    refused(folder.resolve("look.tar"), Files.createSymbolicLink(work.resolve("project"), folder));
  }

  private static void refused(Path file, Path project) {
    var ran = Ran.vitrine("package", "--base=127.0.0.1:1/a", "--tar=" + file, project.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("--tar " + file + " is in the project's folder", "../app.tar");
    assertThat(file).doesNotExist();
  }
}
