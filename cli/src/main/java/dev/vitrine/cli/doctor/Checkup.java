package dev.vitrine.cli.doctor;

import dev.vitrine.cli.cluster.Cluster;
import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at everything that an app needs. */
public final class Checkup {

  private static final Path NVIDIA_DEVICE = Path.of("/dev/nvidiactl");

  private Checkup() {}

  /**
   * The findings, machine first.
   *
   * @param python that the stage process runs with
   * @param cluster opened here, and closed
   * @param asked whether the command names that cluster
   * @throws CommandFailure if it does, and there is no such
   */
  public static List<Finding> of(Path python, Supplier<Cluster> cluster, boolean asked) {
    try {
      var machine = Machine.here();
      var graphics = Graphics.here(Files.exists(NVIDIA_DEVICE));
      return Stream.concat(
              Stream.of(
                  machine.processor(),
                  machine.memory(),
                  graphics.rendering(),
                  graphics.encoding(),
                  new OpenUsd(python).look()),
              ClusterCheckup.of(cluster, asked).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
