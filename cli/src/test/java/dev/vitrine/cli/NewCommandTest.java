package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.cli.cluster.AppManifest;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.NewProject;
import dev.vitrine.cli.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vitrine new}, as a script calls it. */
class NewCommandTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"usd-viewer", "usd-explorer", "empty"})
  void a_new_project_is_one_that_the_other_commands_read(String template) {
    var project = folder.resolve("deep/er/look");
    var ran = make(template, "first_look", project);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("vitrine run " + project);

    var read = Project.read(project);
    assertThat(read.name().value()).isEqualTo("first_look");
    assertThat(read.extension().isPresent()).isEqualTo(!template.equals("empty"));
    assertThat(AppManifest.read(project).app()).isEqualTo("first-look");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usd-viewer", "usd-explorer"})
  void an_extension_answers_the_first_message_that_everybody_tries(String template)
      throws IOException {
    make(template, "first_look", folder.resolve("look"));
    assertThat(Files.readString(folder.resolve("look/first_look/__init__.py")))
        .contains("import vitrine\n", "@vitrine.on(\"echoRequest\")\ndef echo(payload):")
        .contains("vitrine.send(\"echoResponse\", payload)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usd-viewer", "usd-explorer", "empty"})
  void nothing_of_the_template_is_left_open(String template) throws IOException {
    make(template, "first_look", folder.resolve("look"));
    try (var files = Files.walk(folder.resolve("look"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContainPattern("@[A-Z]+@");
      }
    }
    assertThat(folder.resolve("look/.gitignore")).exists();
  }

  @Test
  void an_empty_folder_is_filled() throws IOException {
    var project = Files.createDirectory(folder.resolve("look"));
    assertThat(make("empty", "look", project).exitCode()).isZero();
    assertThat(project.resolve("vitrine.yaml")).exists();
    assertThat(project.toFile().list())
        .containsExactlyInAnyOrder(
            "vitrine.yaml", "stage", "streamingapp.yaml", "README.md", ".gitignore");
    assertThat(folder.toFile().list()).containsExactly("look");
  }

  @Test
  void a_folder_is_there_when_it_is_whole_and_as_open_as_any() throws IOException {
    var project = folder.resolve("look");
    assertThat(make("empty", "look", project).exitCode()).isZero();
    assertThat(folder.toFile().list()).containsExactly("look");
    assertThat(Files.getPosixFilePermissions(project))
        .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(folder.resolve("another"))));
  }

  @Test
  void what_fails_half_way_leaves_nothing_of_ours_and_all_of_others() throws IOException {
    var files = new TreeMap<>(Map.of("a", "whole", "b/c", "whole", "b", "no folder"));
    var project = folder.resolve("look");
    assertThatThrownBy(() -> NewProject.write(project, files)).isInstanceOf(CommandFailure.class);
    assertThat(folder).isEmptyDirectory();
    Files.createDirectory(project);
    assertThatThrownBy(() -> NewProject.write(project, files)).isInstanceOf(CommandFailure.class);
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void a_folder_with_something_in_it_is_left_as_it_is() throws IOException {
    var project = Files.createDirectory(folder.resolve("look"));
    Files.writeString(project.resolve("mine"), "mine");
    var ran = make("empty", "look", project);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(project.toString(), "nothing was written", "--dir");
    assertThat(project).isDirectoryContaining("glob:**mine");
    assertThat(project.resolve("vitrine.yaml")).doesNotExist();
  }

  @Test
  void a_file_is_no_folder() throws IOException {
    var file = Files.writeString(folder.resolve("look"), "mine");
    assertThat(make("empty", "look", file).exitCode()).isEqualTo(2);
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "empty, my-viewer, 'a-z, 0-9 and ''_'''",
    "empty, stage, my_stage",
    "glass, look, 'usd-viewer, usd-explorer, empty'"
  })
  void what_is_no_good_is_told_before_anything_is_written(
      String template, String name, String remedy) {
    var ran = make(template, name, folder.resolve("look"));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: ").contains(remedy);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void without_a_terminal_the_missing_option_is_named() {
    var ran = Ran.vitrine("new", "--template", "empty", "--dir", folder.resolve("x").toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--name is missing", "no terminal");
    assertThat(folder).isEmptyDirectory();
  }

  private static Ran make(String template, String name, Path folder) {
    return Ran.vitrine("new", "--template", template, "--name", name, "--dir", folder.toString());
  }
}
