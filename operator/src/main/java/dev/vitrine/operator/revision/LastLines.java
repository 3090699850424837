package dev.vitrine.operator.revision;

import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.DerivedClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;

/** What a container wrote last. */
final class LastLines {

  /** The most that is read of the log, and the most that is quoted of it. */
  private static final int LINES = 20;

  private static final int BYTES = 65_536;
  private static final int QUOTED_CHARS = 2_000;

  /** For the way to the container's node, which may be gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private LastLines() {}

  /** Of the runtime in {@code pod}; empty if it wrote nothing, or nobody can say. */
  static Optional<String> of(Pod pod, KubernetesClient client) {
    var hasty =
        DerivedClient.of(
            client,
            config ->
                config
                    .withRequestTimeout((int) PATIENCE.toMillis())
                    .withRequestRetryBackoffLimit(0));
    try {
      var log =
          hasty
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .inContainer(RuntimePodFactory.CONTAINER)
              .limitBytes(BYTES)
              .tailingLines(LINES)
              .getLog()
              .strip();
      return Optional.of(log.substring(Math.max(0, log.length() - QUOTED_CHARS)))
          .filter(lines -> !lines.isEmpty());
    } catch (KubernetesClientException e) {
      return Optional.empty(); // the revision fails for its own reason
    }
  }
}
