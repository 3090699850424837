package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vitrine run}: how the runtime is started, seen by one that only writes that down. */
class RunCommandTest {

  private static final int EXIT_CODE_OF_THE_RUNTIME = 7;
  private static final String INSTALLATION = "vitrine.installation";

  @TempDir private Path work;
  private Path installation;

  @BeforeEach
  void install() throws IOException {
    installation = work.resolve("installation");
    var java = installation.resolve("jre/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        "#!/bin/sh\nprintf '%%s\\n' \"$@\" >%s\nexit %d\n"
            .formatted(work.resolve("arguments"), EXIT_CODE_OF_THE_RUNTIME));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(installation.resolve("runtime"));
    Files.writeString(installation.resolve("runtime/vitrine-app.jar"), "");
    System.setProperty(INSTALLATION, installation.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(INSTALLATION);
  }

  @Test
  void the_runtime_gets_the_stage_and_what_was_asked_for_and_its_end_is_ours() throws IOException {
    var folder = project("empty");
    var ran =
        run(
            folder,
            "--port=0",
            "--public-address=203.0.113.7",
            "--signalling-port=49100",
            "--media-port=47998");
    assertThat(ran.exitCode()).isEqualTo(EXIT_CODE_OF_THE_RUNTIME);
    assertThat(arguments())
        .containsSubsequence("-jar", installation.resolve("runtime/vitrine-app.jar").toString())
        .contains(
            "-Dvitrine.home=" + installation.resolve("runtime"),
            "--local",
            "--stage=" + folder.resolve("stage/scene.usda"),
            "--port=0",
            "--public-address=203.0.113.7",
            "--signalling-port=49100",
            "--media-port=47998")
        .noneMatch(argument -> argument.startsWith("--extension"));
  }

  @Test
  void an_extension_is_named_only_where_the_project_has_one() throws IOException {
    var folder = project("usd-viewer");
    run(folder);
    assertThat(arguments())
        .contains("--extension=" + folder.resolve("look"), "--port=8080")
        .noneMatch(argument -> argument.startsWith("--media-port"));
  }

  @ParameterizedTest
  @CsvSource({
    "--port=65536, --port 65536 must be a port",
    "--port=-1, --port -1 must be a port",
    "--media-port=0, from 1 to 65535",
    "--signalling-port=70000, --signalling-port 70000",
    "--port=http, --port"
  })
  void what_is_no_port_is_refused(String option, String sentence) {
    var ran = run(project("empty"), option);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(sentence);
    assertThat(work.resolve("arguments")).doesNotExist();
  }

  @Test
  void a_runtime_that_is_not_installed_is_told() throws IOException {
    Files.delete(installation.resolve("runtime/vitrine-app.jar"));
    var ran = run(project("empty"));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("the runtime is missing", "make -s cli");
  }

  private Path project(String template) {
    var folder = work.resolve("look");
    Ran.vitrine("new", "--template", template, "--name", "look", "--dir", folder.toString());
    return folder;
  }

  private static Ran run(Path folder, String... options) {
    var arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    arguments.add(folder.toString());
    return Ran.vitrine(arguments.toArray(String[]::new));
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(work.resolve("arguments"));
  }
}
