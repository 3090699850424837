package dev.vitrine.cli;

import dev.vitrine.cli.cluster.Cluster;
import dev.vitrine.cli.cluster.Description;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.output.Json;
import dev.vitrine.cli.output.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine describe}: all that is known of an app or a session. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Says how an app or a session is, and why.")
final class DescribeCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default")
  private OutputFormat format;

  @Parameters(paramLabel = "NAME", description = "the name of an app, or else of a session")
  private String name;

  @Override
  public void run() {
    try (var cluster = clusterOptions.connect()) {
      var description = describe(cluster);
      var out = spec.commandLine().getOut();
      out.print(format == OutputFormat.json ? Json.of(description) + "\n" : description.text());
      out.flush();
    }
  }

  private Description describe(Cluster cluster) {
    return cluster
        .findApp(name)
        .map(Description::of)
        .or(() -> cluster.findSession(name).map(Description::of))
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "neither an app nor a session is called %s in namespace %s; list sessions with:"
                        + " vitrine sessions",
                    name, cluster.namespace()));
  }
}
