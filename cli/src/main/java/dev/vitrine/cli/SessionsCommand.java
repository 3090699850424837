package dev.vitrine.cli;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.cli.cluster.Age;
import dev.vitrine.cli.cluster.Cluster;
import dev.vitrine.cli.cluster.SessionRow;
import dev.vitrine.cli.output.Json;
import dev.vitrine.cli.output.OutputFormat;
import dev.vitrine.cli.output.Table;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine sessions}: who watches what, the newest last. */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    description = "Lists sessions, ended ones too as long as they are kept.")
final class SessionsCommand implements Runnable {

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "of all namespaces")
  private boolean allNamespaces;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default")
  private OutputFormat format;

  @Parameters(paramLabel = "APP", arity = "0..1", description = "of this app alone")
  private @Nullable String app;

  @Override
  public void run() {
    try (var cluster = clusterOptions.connect()) {
      var rows =
          sessions(cluster).stream()
              .map(SessionRow::of)
              .filter(row -> app == null || row.app().equals(app))
              .sorted(Comparator.comparing(SessionRow::createdAt).thenComparing(SessionRow::name))
              .toList();
      var out = spec.commandLine().getOut();
      out.print(format == OutputFormat.json ? Json.of(rows) + "\n" : table(rows));
      out.flush();
    }
  }

  private List<StreamSession> sessions(Cluster cluster) {
    var sessions = cluster.client().resources(StreamSession.class);
    return (allNamespaces ? sessions.inAnyNamespace() : sessions.inNamespace(cluster.namespace()))
        .list()
        .getItems();
  }

  private String table(List<SessionRow> rows) {
    var now = clock.instant();
    var table = new Table("NAMESPACE", "NAME", "APP", "STATE", "END", "USER", "AGE");
    rows.forEach(
        row ->
            table.row(
                row.namespace(),
                row.name(),
                row.app(),
                row.state(),
                row.end().orElse(""),
                row.user().orElse(""),
                Age.of(row.createdAt(), now)));
    return table.render();
  }
}
