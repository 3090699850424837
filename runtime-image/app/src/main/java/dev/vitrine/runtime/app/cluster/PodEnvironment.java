package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.PodFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod of the cluster knows from the start.
 *
 * @param file the controller's keys and the gateway's address
 * @param podUid the pod's UID, of the downward API
 * @param reportToken the projected token that reports are sent with
 * @param drain how long a viewer may stay after the pod was told to stop; the pod's grace period is
 *     longer
 * @param terminationLog where the last words go
 */
public record PodEnvironment(
    PodFile file, String podUid, Path reportToken, Duration drain, TerminationLog terminationLog) {

  private static final Path POD_FILE = Path.of("/etc/vitrine/runtime.json");
  private static final String REPORT_TOKEN = "/var/run/secrets/vitrine/report-token";
  private static final String TERMINATION_LOG = "/dev/termination-log";

  /**
   * Reads it; empty where there is no pod file, which means: no cluster.
   *
   * @throws IllegalArgumentException if the file or the environment makes no sense
   */
  public static Optional<PodEnvironment> read(Map<String, String> environment) {
    return read(POD_FILE, environment);
  }

  static Optional<PodEnvironment> read(Path podFile, Map<String, String> environment) {
    if (!Files.exists(podFile)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PodEnvironment(
              PodFile.parse(Files.readString(podFile)),
              required(environment, "VITRINE_POD_UID"),
              reportToken(environment),
              Duration.ofSeconds(seconds(environment, "VITRINE_DRAIN_SECONDS")),
              terminationLog(environment)));
    } catch (IOException e) {
      throw new UncheckedIOException(podFile + " cannot be read", e);
    } catch (BadMessageException e) {
      throw new IllegalArgumentException(podFile + ": " + e.getMessage(), e);
    }
  }

  /** Where a pod's projected token is. */
  public static Path reportToken(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("VITRINE_REPORT_TOKEN", REPORT_TOKEN));
  }

  /** Where a pod's last words go. */
  public static TerminationLog terminationLog(Map<String, String> environment) {
    return new TerminationLog(
        Path.of(environment.getOrDefault("VITRINE_TERMINATION_LOG", TERMINATION_LOG)));
  }

  private static int seconds(Map<String, String> environment, String name) {
    var value = environment.getOrDefault(name, "0");
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be a whole number of seconds, but is %s".formatted(name, value), e);
    }
  }

  private static String required(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set; the pod must set it from the downward API");
    }
    return value;
  }
}
