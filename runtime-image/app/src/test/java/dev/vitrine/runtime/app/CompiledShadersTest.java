package dev.vitrine.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledShadersTest {

  @TempDir private Path temporary;
  private Path kept;
  private Path folder;

  @BeforeEach
  void keepOne() throws IOException {
    kept = Files.createDirectory(temporary.resolve("kept"));
    folder = temporary.resolve("driver");
    Files.createDirectories(kept.resolve("mesa/14"));
    Files.writeString(kept.resolve("mesa/14/ff67"), "code");
    Files.writeString(kept.resolve("mesa/index"), "list");
  }

  @Test
  void the_driver_finds_them_and_nothing_else() throws IOException {
    CompiledShaders.layOut(kept, folder);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactly(folder.resolve("mesa/14/ff67"));
    }
    assertThat(folder.resolve("mesa/14/ff67")).hasContent("code");
  }

  @Test
  void what_the_driver_has_stays() throws IOException {
    Files.createDirectories(folder.resolve("mesa/14"));
    Files.writeString(folder.resolve("mesa/14/ff67"), "newer");
    CompiledShaders.layOut(kept, folder);
    assertThat(folder.resolve("mesa/14/ff67")).hasContent("newer");
  }

  @Test
  void a_folder_that_cannot_be_written_is_no_reason_not_to_start() throws IOException {
    Files.writeString(folder, "a file in the way");
    CompiledShaders.layOut(kept, folder);
    CompiledShaders.layOut(temporary.resolve("nowhere"), folder);
    assertThat(folder).hasContent("a file in the way");
  }
}
