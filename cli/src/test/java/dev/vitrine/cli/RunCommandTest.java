package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vitrine run}: how the runtime is started, seen by one that only writes that down. */
class RunCommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TOLD_TO_END = 128 + 15;
  private static final int EXIT_CODE_OF_THE_RUNTIME = 7;
  private static final String INSTALLATION = "vitrine.installation";

  @TempDir private Path work;
  private Path installation;

  @BeforeEach
  void install() throws IOException {
    installation = work.resolve("installation");
    runtime(
        "printf '%%s\\n' \"$@\" >%s\nexit %d"
            .formatted(work.resolve("arguments"), EXIT_CODE_OF_THE_RUNTIME));
    Files.createDirectories(installation.resolve("runtime"));
    Files.writeString(installation.resolve("runtime/vitrine-app.jar"), "");
    System.setProperty(INSTALLATION, installation.toString());
  }

  private void runtime(String script) throws IOException {
    var java = installation.resolve("jre/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
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

  @Test
  void a_command_that_is_told_to_end_waits_for_the_runtimes_goodbye() throws Exception {
    var pid = runtimeThatTakesASecondToEnd();
    var command = command(project("empty")).start();
    try {
      var runtime = running(pid);
      command.destroy();
      assertThat(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(command.exitValue()).isEqualTo(TOLD_TO_END);
      assertThat(runtime.isAlive()).isFalse();
    } finally {
      command.destroyForcibly();
    }
  }

  @Test
  void the_runtime_does_not_outlive_a_command_that_is_killed() throws Exception {
    var pid = runtimeThatTakesASecondToEnd();
    var command = command(project("empty")).start();
    try {
      var runtime = running(pid);
      command.destroyForcibly();
      Awaitility.await().atMost(LIMIT).until(() -> !runtime.isAlive());
    } finally {
      command.destroyForcibly();
    }
  }

  @Test
  void an_extension_of_the_environment_is_not_the_projects() throws Exception {
    runtime("echo \"http://extension:$VITRINE_EXTENSION\"");
    var command = command(project("empty"));
    command.environment().put("VITRINE_EXTENSION", "/somewhere/else");
    var running = command.start();
    assertThat(running.inputReader().lines()).containsExactly("http://extension:");
  }

  @Test
  void the_address_is_all_that_is_printed() throws Exception {
    runtime("echo http://127.0.0.1:8080/; echo what a library says at the end; echo why >&2");
    var running = command(project("empty")).start();
    assertThat(running.inputReader().lines()).containsExactly("http://127.0.0.1:8080/");
    assertThat(running.errorReader().lines()).containsExactly("why");
  }

  @Test
  void what_java_says_before_the_address_does_not_hide_it() throws Exception {
    runtime("echo Java warns; echo http://127.0.0.1:8080/");
    var running = command(project("empty")).start();
    assertThat(running.inputReader().lines()).containsExactly("http://127.0.0.1:8080/");
    assertThat(running.errorReader().lines()).containsExactly("Java warns");
  }

  @Test
  void a_program_that_is_missing_is_named_with_its_package() {
    assertThatThrownBy(() -> new SearchPath("/nowhere:/dev").require("setpriv", "util-linux"))
        .hasMessageContaining("setpriv is not in the PATH")
        .hasMessageContaining("apt-get install util-linux");
    new SearchPath("/nowhere:/bin").require("sh", "dash");
  }

  /** Returns the file that it writes its process id to. */
  private Path runtimeThatTakesASecondToEnd() throws IOException {
    var pid = work.resolve("pid");
    runtime(
        "trap 'sleep 1; exit' TERM\necho $$ >%1$s.part; mv %1$s.part %1$s\nwhile :; do sleep 0.1; done"
            .formatted(pid));
    return pid;
  }

  private static ProcessHandle running(Path pid) throws IOException {
    Awaitility.await().atMost(LIMIT).until(() -> Files.exists(pid));
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  /** The command in a process of its own. */
  private ProcessBuilder command(Path folder) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-D%s=%s".formatted(INSTALLATION, installation),
        "-cp",
        System.getProperty("java.class.path"),
        Vitrine.class.getName(),
        "run",
        folder.toString());
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
