package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a whole: help, versions, and what is no command. */
class VitrineTest {

  @Test
  void the_version_is_told() {
    assertThat(Ran.vitrine("--version").out()).startsWith("vitrine ");
    assertThat(Ran.vitrine("run", "--version").out()).startsWith("vitrine ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new",
        "run",
        "package",
        "deploy",
        "open",
        "sessions",
        "logs",
        "describe",
        "doctor",
        "completion"
      })
  void each_command_has_help(String command) {
    var ran = Ran.vitrine(command, "--help");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: vitrine " + command);
  }

  @Test
  void what_is_no_command_is_named_with_the_way_to_help() {
    var ran = Ran.vitrine("fly");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("error: 'fly' is no command; the commands are new, run, package, deploy")
        .contains("vitrine --help");
  }

  @Test
  void nothing_at_all_is_told_which_commands_there_are() {
    var ran = Ran.vitrine();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: a command is missing; the commands are new, run,");
  }

  @Test
  void what_a_command_does_not_take_is_named() {
    var ran = Ran.vitrine("open", "one", "two");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("'two'", "vitrine open --help").doesNotContain("no command");
  }

  @Test
  void a_missing_option_is_named_once() {
    var ran = Ran.vitrine("package", ".");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("error: Missing required argument")
        .contains("--push=IMAGE", "--tar=FILE", "vitrine package --help");
  }

  @Test
  void the_completion_knows_commands_and_options() {
    var ran = Ran.vitrine("completion");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("complete", "deploy", "--public-address", "--kubeconfig");
  }
}
