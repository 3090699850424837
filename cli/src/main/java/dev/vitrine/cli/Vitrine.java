package dev.vitrine.cli;

import dev.vitrine.cli.cluster.ClusterFailure;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command itself. Exit codes: 0 done, 1 failed, 2 what was asked for makes no sense, 3 nobody
 * knows how it went.
 */
@Command(
    name = "vitrine",
    mixinStandardHelpOptions = true,
    versionProvider = Vitrine.Version.class,
    description = "Makes apps that stream OpenUSD stages to browsers, and runs them.",
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
public final class Vitrine {

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

  private static int refuse(ParameterException e, String[] arguments) {
    var command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "error: %s%nsee: %s --help%n",
            String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""),
            command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
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
