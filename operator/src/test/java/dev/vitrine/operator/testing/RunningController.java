package dev.vitrine.operator.testing;

import dev.vitrine.operator.Controller;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** The controller as it runs in the cluster, but for the lease. */
public final class RunningController implements AutoCloseable {

  public static final String BUILT_IN_IMAGE = "vitrine/runtime:test";

  public static final String SYSTEM_NAMESPACE = "vitrine-system";

  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Controller controller;

  public RunningController(
      KubernetesClient client, SigningKey assignmentKey, SigningKey connectKey, int podPort) {
    this(client, assignmentKey, connectKey, podPort, SessionTraces.off(), InstantSource.system());
  }

  /**
   * @param traces where its spans go
   * @param clock what it takes for the time of day
   */
  public RunningController(
      KubernetesClient client,
      SigningKey assignmentKey,
      SigningKey connectKey,
      int podPort,
      SessionTraces traces,
      InstantSource clock) {
    controller =
        new Controller(
            client,
            new Controller.Settings(
                BUILT_IN_IMAGE,
                assignmentKey,
                connectKey.publicKeys(),
                URI.create("https://stream.example/"),
                URI.create("http://gateway/reports"),
                SYSTEM_NAMESPACE,
                podPort,
                Optional.empty()),
            metrics,
            traces,
            clock);
    controller.start();
  }

  /** What it exports to Prometheus. */
  public CollectorRegistry metrics() {
    return metrics;
  }

  @Override
  public void close() {
    controller.close();
  }
}
