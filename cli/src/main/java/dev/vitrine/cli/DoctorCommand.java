package dev.vitrine.cli;

import dev.vitrine.cli.doctor.Checkup;
import dev.vitrine.cli.doctor.Finding;
import dev.vitrine.cli.doctor.Finding.Verdict;
import dev.vitrine.cli.output.Json;
import dev.vitrine.cli.output.OutputFormat;
import dev.vitrine.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine doctor}: what is wrong here, and how to mend it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at machine, graphics, OpenUSD and cluster, and says how to mend what is broken.",
      "Exit code 1 if something is."
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default")
  private OutputFormat format;

  @Override
  public Integer call() {
    var findings =
        Checkup.of(
            Installation.here().python(), clusterOptions::connect, clusterOptions.namesCluster());
    var out = spec.commandLine().getOut();
    out.print(format == OutputFormat.json ? Json.of(findings) + "\n" : table(findings));
    out.flush();
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.broken) ? 1 : 0;
  }

  private static String table(List<Finding> findings) {
    var table = new Table("", "WHAT", "FOUND", "REMEDY");
    findings.forEach(
        finding ->
            table.row(
                finding.verdict().name(),
                finding.subject(),
                finding.found(),
                finding.remedy().orElse("")));
    return table.render();
  }
}
