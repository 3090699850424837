package dev.vitrine.cli;

import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine run}: the project on this machine, in the foreground. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Streams the project from this machine, and prints the page's address.")
final class RunCommand implements Callable<Integer> {

  /** The runtime says goodbye to its viewer first. */
  private static final int END_LIMIT_SECONDS = 10;

  /**
   * In a session of its own: an interrupt is for this command alone, which then ends the runtime in
   * order. The runtime does not outlive it, however it ends.
   */
  private static final List<String> APART = List.of("setsid", "setpriv", "--pdeathsig", "TERM");

  /** What the runtime takes for its extension where it is told of none. */
  private static final String EXTENSION = "VITRINE_EXTENSION";

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "page and signalling (TCP), ${DEFAULT-VALUE} by default; 0 takes any free one")
  private int port;

  @Option(
      names = "--public-address",
      paramLabel = "A",
      description =
          "address at which a browser elsewhere reaches this machine; several with commas")
  private @Nullable String publicAddress;

  @Option(
      names = "--signalling-port",
      paramLabel = "S",
      description = "signalling alone, for pages served elsewhere (TCP); none by default")
  private @Nullable Integer signallingPort;

  @Option(
      names = "--media-port",
      paramLabel = "M",
      description = "media (UDP); any free one by default")
  private @Nullable Integer mediaPort;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the project's folder, the current one by default")
  private Path folder;

  @Override
  public Integer call() throws InterruptedException {
    requirePort("--port", port, 0);
    if (signallingPort != null) {
      requirePort("--signalling-port", signallingPort, 0);
    }
    if (mediaPort != null) {
      requirePort("--media-port", mediaPort, 1);
    }
    var runtime = new FutureTask<>(builder(Project.read(folder), Installation.here())::start);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(runtime)));
    runtime.run();
    try {
      tellAddress(runtime.get(), spec.commandLine().getOut(), spec.commandLine().getErr());
      return runtime.get().waitFor();
    } catch (ExecutionException e) {
      throw CommandFailure.failed("the runtime cannot be started: %s", e.getCause());
    }
  }

  /** What Java says before the page's address is no address; what follows it is for nobody. */
  private static void tellAddress(Process runtime, PrintWriter output, PrintWriter errors) {
    try (var said = runtime.inputReader()) {
      var line = said.readLine();
      while (line != null && !line.startsWith("http")) {
        errors.println(line);
        line = said.readLine();
      }
      if (line != null) {
        output.println(line);
      }
      said.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The runtime has gone, and its exit code says how.
    }
  }

  private ProcessBuilder builder(Project project, Installation installation) {
    var path = new SearchPath(System.getenv("PATH"));
    path.require("setsid", "util-linux");
    path.require("setpriv", "util-linux");
    var builder =
        new ProcessBuilder(command(project, installation))
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.PIPE);
    builder.environment().remove(EXTENSION); // a project without one has none
    return builder;
  }

  private List<String> command(Project project, Installation installation) {
    var command = new ArrayList<>(APART);
    command.addAll(
        List.of(
            installation.java().toString(),
            "@" + installation.runtimeJavaOptions(),
            "-Dvitrine.home=" + installation.runtime(),
            "-jar",
            installation.runtimeJar().toString(),
            "--local",
            "--port=" + port,
            "--stage=" + project.stageFile().toAbsolutePath()));
    project
        .extension()
        .ifPresent(
            name -> command.add("--extension=" + project.folder().resolve(name).toAbsolutePath()));
    if (publicAddress != null) {
      command.add("--public-address=" + publicAddress);
    }
    if (signallingPort != null) {
      command.add("--signalling-port=" + signallingPort);
    }
    if (mediaPort != null) {
      command.add("--media-port=" + mediaPort);
    }
    return command;
  }

  private static void requirePort(String option, int port, int lowest) {
    if (port < lowest || port > 65535) {
      throw CommandFailure.badInput("%s %d must be a port, from %d to 65535", option, port, lowest);
    }
  }

  /** Whatever ends this command ends the runtime too, also while it is being started. */
  private static void end(Future<Process> starting) {
    try {
      var runtime = starting.get();
      runtime.destroy();
      if (!runtime.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        runtime.destroyForcibly();
      }
    } catch (ExecutionException e) {
      return; // there is none
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
