package dev.vitrine.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneCacheTest {

  private static final String STAGE = "hall.usda";
  private static final int HEADER_BYTES = 64;
  private static final List<String> FILES = List.of("hall.usda", "parts/chair.usda");

  @TempDir private Path temporary;
  private Path folder;
  private Path assets;
  private Path composer;
  private long room = 1 << 20;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void author() throws IOException {
    folder = temporary.resolve("cache/scenes");
    assets = Files.createDirectories(temporary.resolve("assets/parts")).getParent();
    composer = Files.createDirectory(temporary.resolve("composer"));
    Files.writeString(assets.resolve("hall.usda"), "a hall");
    Files.writeString(assets.resolve("parts/chair.usda"), "a chair");
    Files.writeString(composer.resolve("snapshot.py"), "version = 1");
  }

  @Test
  void what_was_kept_is_found_by_the_next_runtime() {
    keep(STAGE, FILES);
    var found = cache().find(STAGE);
    assertThat(found).isPresent();
    try (var stage = found.get()) {
      assertThat(stage.url()).isEqualTo(STAGE);
      assertThat(stage.scene().draws()).singleElement().extracting("meshId").isEqualTo(0);
      assertThat(stage.warnings()).containsExactly("Something was left out.");
    }
    assertThat(cache().find("another.usda")).isEmpty();
  }

  @Test
  void a_file_that_changed_or_went_makes_it_useless() throws IOException {
    keep(STAGE, FILES);
    Files.writeString(assets.resolve("parts/chair.usda"), "a chaiR");
    assertThat(cache().find(STAGE)).isEmpty();
    keep(STAGE, FILES);
    assertThat(isFound(STAGE)).isTrue();
    Files.delete(assets.resolve("parts/chair.usda"));
    assertThat(cache().find(STAGE)).isEmpty();
  }

  @Test
  void another_version_of_the_stage_process_makes_it_useless() throws IOException {
    keep(STAGE, FILES);
    Files.writeString(composer.resolve("snapshot.py"), "version = 2");
    assertThat(cache().find(STAGE)).isEmpty();
  }

  @Test
  void a_stage_whose_files_are_not_all_known_is_not_kept() {
    keep(STAGE, List.of());
    assertThat(cache().find(STAGE)).isEmpty();
  }

  @Test
  void what_is_damaged_is_ignored_and_replaced() throws IOException {
    keep(STAGE, FILES);
    var file = onlyFile();
    var bytes = Files.readAllBytes(file);
    bytes[indexOfSegment(bytes) + HEADER_BYTES] ^= 1; // a coordinate is another one
    Files.write(file, bytes);
    assertThat(cache().find(STAGE)).isEmpty();
    keep(STAGE, FILES);
    assertThat(isFound(STAGE)).isTrue();
    for (var junk : List.of("", "\n", "{}\n", "x".repeat(3000), " ".repeat(63) + "\n")) {
      Files.writeString(file, junk);
      assertThat(cache().find(STAGE)).as(junk).isEmpty();
    }
    keep(STAGE, FILES);
    assertThat(isFound(STAGE)).isTrue();
  }

  @Test
  void files_outside_of_the_assets_are_not_looked_at() throws IOException {
    Files.writeString(temporary.resolve("secret"), "secret");
    keep(STAGE, List.of("../secret"));
    assertThat(cache().find(STAGE)).isEmpty();
  }

  @Test
  void the_scene_that_was_used_the_longest_ago_makes_room() throws IOException {
    keep("a", FILES);
    room = 2 * Files.size(onlyFile());
    now = now.plusSeconds(60);
    keep("b", FILES);
    now = now.plusSeconds(60);
    assertThat(isFound("a")).isTrue();
    now = now.plusSeconds(60);
    keep("c", FILES);
    assertThat(isFound("a")).isTrue();
    assertThat(isFound("b")).isFalse();
    assertThat(isFound("c")).isTrue();
  }

  @Test
  void a_folder_that_cannot_be_written_keeps_nothing_and_is_no_error() throws IOException {
    Files.writeString(temporary.resolve("cache"), "a file in the way");
    keep(STAGE, FILES);
    assertThat(cache().find(STAGE)).isEmpty();
  }

  private void keep(String url, List<String> files) {
    var memory = Arena.ofShared();
    var built = new SegmentBuilder().build();
    var segment = memory.allocate(built.byteSize(), 64).copyFrom(built);
    try (var stage =
        new OpenedStage(url, SegmentReader.read(segment), files, List.of(), segment, memory)) {
      cache().keep(stage);
    } catch (SegmentException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isFound(String url) {
    var found = cache().find(url);
    found.ifPresent(OpenedStage::close);
    return found.isPresent();
  }

  private SceneCache cache() {
    var options = StageOptions.of(Path.of("python"), composer, assets);
    return new SceneCache(folder, options, room, () -> now);
  }

  private static int indexOfSegment(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }
}
