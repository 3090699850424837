package dev.vitrine.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagePlaceTest {

  @TempDir Path folder;
  private Path assets;

  @BeforeEach
  void makeStages() throws IOException {
    assets = Files.createDirectories(folder.resolve("assets/stages")).getParent();
    Files.writeString(assets.resolve("stages/a.usda"), "#usda 1.0");
    Files.writeString(folder.resolve("b.usda"), "#usda 1.0");
  }

  @Test
  void a_path_below_the_assets_stays_as_it_is() {
    assertThat(StagePlace.of("stages/a.usda", assets, false))
        .isEqualTo(new StagePlace(assets, "stages/a.usda"));
  }

  @Test
  void a_file_of_the_assets_is_found_by_its_full_path_too() {
    assertThat(StagePlace.of(assets.resolve("stages/a.usda").toString(), assets, false))
        .isEqualTo(new StagePlace(assets, "stages/a.usda"));
  }

  @Test
  void a_file_elsewhere_brings_its_folder() {
    assertThat(StagePlace.of(folder.resolve("b.usda").toString(), assets, false))
        .isEqualTo(new StagePlace(folder, "b.usda"));
  }

  @Test
  void a_folder_that_was_asked_for_is_not_left() {
    var outside = folder.resolve("b.usda").toString();
    assertThat(StagePlace.of(outside, assets, true)).isEqualTo(new StagePlace(assets, outside));
  }
}
