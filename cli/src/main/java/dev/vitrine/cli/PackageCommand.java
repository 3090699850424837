package dev.vitrine.cli;

import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.image.Destination;
import dev.vitrine.cli.image.ProjectImage;
import dev.vitrine.cli.project.Project;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine package}: the project as a container image. */
@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    description = "Makes an image of the project, without a container engine, and prints its name.")
final class PackageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Option(
      names = "--base",
      paramLabel = "IMAGE",
      description = "the runtime's image, by default the one that came with this command")
  private @Nullable String base;

  @Option(
      names = "--plain-http",
      description =
          "trust registries without https or with any certificate, also with passwords and beyond"
              + " loopback and private addresses")
  private boolean plainHttp;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ".",
      description = "the project's folder, the current one by default")
  private Path folder;

  /** Where the image goes: exactly one of them. */
  static final class Target {
    @Option(names = "--push", paramLabel = "IMAGE", description = "to a registry, under this name")
    private @Nullable String image;

    @Option(names = "--tar", paramLabel = "FILE", description = "to a file, for `docker load`")
    private @Nullable Path file;
  }

  @Override
  public Integer call() throws InterruptedException {
    var project = Project.read(folder);
    if (target.image != null) {
      var digest = build(project, Destination.push(target.image));
      spec.commandLine().getOut().println(target.image + "@" + digest);
    } else if (target.file != null) {
      var digest = build(project, Destination.tar(target.file, project.folder()));
      spec.commandLine().getOut().println(target.file + " " + digest);
    }
    return 0;
  }

  private String build(Project project, Destination destination) throws InterruptedException {
    return new ProjectImage(
            project,
            Destination.parse("--base", baseImage()),
            plainHttp,
            System.getenv(),
            spec.commandLine().getErr()::println)
        .build(destination);
  }

  private String baseImage() {
    if (base != null) {
      return base;
    }
    return Installation.here()
        .runtimeImage()
        .orElseThrow(
            () ->
                CommandFailure.badInput(
                    "--base is missing: which image is the runtime's is not known here; name it, or"
                        + " build it with: make image"));
  }
}
