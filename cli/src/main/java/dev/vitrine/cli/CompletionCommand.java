package dev.vitrine.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vitrine completion}: what a shell needs to complete our commands. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the script with which bash and zsh complete our commands and options.",
      "To have it in this shell: source <(vitrine completion)"
    })
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    var command = spec.commandLine();
    command.getOut().print(AutoComplete.bash("vitrine", spec.root().commandLine()));
    command.getOut().flush();
  }
}
