package dev.vitrine.cli;

import dev.vitrine.cli.cluster.ClusterFailure;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command itself. Exit codes: 0 done, 1 failed, 2 what was asked for makes no sense, 3 nobody
 * knows how it went.
 */
@Command(
    name = "vitrine",
    mixinStandardHelpOptions = true,
    versionProvider = Vitrine.Version.class,
    description = "Makes apps that stream OpenUSD stages to browsers, and runs them.",
    footer = {
      "",
      "From a new project to a link for everybody:",
      "  vitrine new --template usd-viewer --name my_viewer",
      "  vitrine run my_viewer",
      "  vitrine package --push REGISTRY/my-viewer:0.1.0 my_viewer",
      "  vitrine deploy --image REGISTRY/my-viewer:0.1.0 --wait my_viewer",
      "  vitrine open my-viewer"
    },
    subcommands = {
      NewCommand.class,
      RunCommand.class,
      PackageCommand.class,
      DeployCommand.class,
      OpenCommand.class,
      SessionsCommand.class,
      LogsCommand.class,
      DescribeCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    })
public final class Vitrine implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, to be given arguments. */
  static CommandLine commandLine() {
    var command = new CommandLine(new Vitrine());
    command
        .getSubcommands()
        .values()
        .forEach(it -> it.getCommandSpec().versionProvider(new Version()));
    return command
        .setParameterExceptionHandler(Vitrine::refuse)
        .setExecutionExceptionHandler(Vitrine::explain);
  }

  @Override
  public void run() {
    throw CommandFailure.badInput(
        "a command is missing; the commands are %s. See: vitrine --help",
        commands(spec.commandLine()));
  }

  private static int refuse(ParameterException e, String[] arguments) {
    var command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "error: %s%nsee: %s --help%n",
            reason(e, command), command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(ParameterException e, CommandLine command) {
    if (command.getParent() == null
        && e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      return "'%s' is no command; the commands are %s"
          .formatted(unmatched.getUnmatched().getFirst(), commands(command));
    }
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  private static String commands(CommandLine command) {
    return String.join(", ", command.getSubcommands().keySet());
  }

  private static int explain(Exception e, CommandLine command, ParseResult arguments)
      throws Exception {
    var failure =
        switch (e) {
          case CommandFailure ours -> ours;
          case KubernetesClientException cluster -> ClusterFailure.explain(cluster);
          default -> throw e;
        };
    command.getErr().println("error: " + failure.getMessage());
    return failure.exitCode();
  }

  /** What the jar says of itself. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Optional.ofNullable(Vitrine.class.getPackage().getImplementationVersion());
      return new String[] {"vitrine " + version.orElse("of a build folder")};
    }
  }
}
