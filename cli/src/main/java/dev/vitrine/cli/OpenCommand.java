package dev.vitrine.cli;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.output.Printable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine open}: an app's page in the browser. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description = "Prints an app's link, and opens it in the browser where there is a desktop.")
final class OpenCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Parameters(paramLabel = "APP", description = "the app's name")
  private String app;

  @Override
  public void run() {
    try (var cluster = clusterOptions.connect()) {
      var link = link(cluster.app(app));
      spec.commandLine().getOut().println(Printable.of(link));
      if (isPage(link) && hasDesktop()) {
        show(link);
      }
    }
  }

  private static String link(StreamingApp app) {
    var status = Objects.requireNonNullElseGet(app.getStatus(), StreamingAppStatus::empty);
    return Optional.ofNullable(status.url())
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "%s has no link yet%s", app.getMetadata().getName(), because(status)));
  }

  private static String because(StreamingAppStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(ConditionType.READY))
        .map(condition -> ": %s: %s".formatted(condition.getReason(), condition.getMessage()))
        .findFirst()
        .orElse("; is Vitrine's controller running? `vitrine doctor` says");
  }

  /** A desktop opens files and programs too, and the link is what somebody wrote into a cluster. */
  private static boolean isPage(String link) {
    return link.startsWith("https://") || link.startsWith("http://");
  }

  private static boolean hasDesktop() {
    return Stream.of("DISPLAY", "WAYLAND_DISPLAY").anyMatch(System.getenv()::containsKey);
  }

  /** The link is printed already: a desktop without a browser is no failure. */
  private void show(String link) {
    try {
      new ProcessBuilder(List.of("xdg-open", link))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      spec.commandLine().getErr().println("the link cannot be opened here: " + e.getMessage());
    }
  }
}
