package dev.vitrine.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vitrine.yaml}: what it may say, and the sentence for what it may not. */
class ProjectTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeWhatProjectsReferTo() throws IOException {
    Files.createDirectories(folder.resolve("stage"));
    Files.writeString(folder.resolve("stage/scene.usda"), "#usda 1.0\n");
    Files.createDirectories(folder.resolve("look"));
    Files.writeString(folder.resolve("look/__init__.py"), "");
  }

  @Test
  void all_fields_are_read() throws IOException {
    write("name: look\nstage: ./stage/scene.usda\nextension: look\n");
    var project = Project.read(folder);
    assertThat(project.stage()).isEqualTo(Path.of("stage/scene.usda"));
    assertThat(project.stageFile()).exists();
    assertThat(project.extension()).contains("look");
  }

  @Test
  void an_extension_need_not_be() throws IOException {
    write("name: look\nstage: stage/scene.usda\n");
    assertThat(Project.read(folder).extension()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'stage: stage/scene.usda' | field 'name' is missing; add",
        "'name: look' | field 'stage' is missing; add the stage to open",
        "'name: look\nstage: stage/scene.usda\nstages: x' | field 'stages' is unknown; the fields are name, stage, extension",
        "'name: look\nstage: [a]' | field 'stage' must be text",
        "'name: look\nstage: 1' | field 'stage' must be text",
        "'name: look\nstage: \"\"' | field 'stage' must be text",
        "'name: look\nstage: nowhere.usda' | stage 'nowhere.usda' is no file of the project; create it",
        "'name: look\nstage: stage' | stage 'stage' is no file of the project",
        "'name: look\nstage: ../scene.usda' | must be a path below the project's folder",
        "'name: look\nstage: stage/../../scene.usda' | must be a path below the project's folder",
        "'name: look\nstage: /etc/passwd' | must be a path below the project's folder",
        "'name: Look\nstage: stage/scene.usda' | name 'Look' must be",
        "'name: look\nstage: stage/scene.usda\nextension: other' | create other/__init__.py",
        "'name: look\nstage: stage/scene.usda\nextension: ../look' | must be the name of a Python package",
        "'name: look\nname: look\nstage: stage/scene.usda' | is no proper YAML: Duplicate",
        "'name: look\nstage: stage/scene.usda\nextension: json' | call the folder something else, such as my_json",
        "'name: look\nstage: stage/scene.usda\n---\nname: look' | must be one document",
        "'name: [' | is no proper YAML",
        "'just text' | must hold fields",
        "'' | must hold fields",
      })
  void what_is_wrong_is_told_with_the_remedy(String yaml, String sentence) throws IOException {
    write(yaml);
    refused(sentence);
  }

  @Test
  void a_stage_that_is_no_path_is_told() throws IOException {
    write("name: look\nstage: \"a\\0b\"\n");
    refused("stage must be a path (Nul character not allowed)");
  }

  @Test
  void bytes_that_are_no_text_are_told() throws IOException {
    Files.write(folder.resolve("vitrine.yaml"), new byte[] {'n', (byte) 0xff, (byte) 0xfe});
    refused("cannot be read as text");
  }

  @Test
  void a_folder_without_the_file_is_no_project() {
    refused("it has no vitrine.yaml. Make a project with: vitrine new");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("vitrine.yaml"), yaml);
  }

  private void refused(String sentence) {
    assertThatThrownBy(() -> Project.read(folder))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining(sentence);
  }
}
