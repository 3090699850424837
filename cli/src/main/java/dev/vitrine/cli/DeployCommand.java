package dev.vitrine.cli;

import dev.vitrine.cli.cluster.AppDeployment;
import dev.vitrine.cli.cluster.AppManifest;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.output.Printable;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine deploy}: the project's app with an image, in a cluster. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description =
        "Applies the project's streamingapp.yaml with an image; live sessions stay as they are.")
final class DeployCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "IMAGE",
      description = "the image that `vitrine package` made, by a tag of its own or its digest")
  private String image;

  @Option(
      names = "--wait",
      description = "until new sessions get the image (exit code 0), or are not to get it (1)")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "900",
      description = "how long to wait, ${DEFAULT-VALUE} by default; exit code 3 when it is over")
  private int timeoutSeconds;

  @Option(
      names = "--force-conflicts",
      description = "take over fields that somebody else has set, such as a pipeline")
  private boolean forceConflicts;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the project's folder, the current one by default")
  private Path folder;

  @Override
  public Integer call() throws InterruptedException {
    if (timeoutSeconds < 1) {
      throw CommandFailure.badInput("--timeout %d must be at least 1 second", timeoutSeconds);
    }
    var manifest = AppManifest.read(folder);
    try (var connected = clusterOptions.connect()) {
      var cluster = connected.in(manifest);
      var deployment = new AppDeployment(cluster, manifest.app());
      var past = deployment.apply(manifest, image, forceConflicts);
      say("%s/%s has the image %s".formatted(cluster.namespace(), manifest.app(), image));
      if (wait) {
        var limit = Duration.ofSeconds(timeoutSeconds);
        report(manifest.app(), deployment.await(limit, past, this::tellProgress));
      }
      return 0;
    }
  }

  private void report(String app, Condition end) {
    if (!end.getStatus().equals("True")) {
      throw CommandFailure.failed(
          "%s does not go over to the image: %s: %s", app, end.getReason(), end.getMessage());
    }
    say("all new sessions of %s get it".formatted(app));
  }

  /** The cluster's words, where they do not get in a script's way. */
  private void tellProgress(String sentence) {
    spec.commandLine().getErr().println(Printable.of(sentence));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
