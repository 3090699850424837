package dev.vitrine.operator.testing;

import dev.vitrine.operator.app.AppPlanner;
import dev.vitrine.operator.app.StreamingAppReconciler;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.session.PodCalls;
import dev.vitrine.operator.session.StreamSessionReconciler;
import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.net.URI;
import java.time.InstantSource;

/** The controller as it runs in the cluster, but for the lease. */
public final class RunningController implements AutoCloseable {

  public static final String BUILT_IN_IMAGE = "vitrine/runtime:test";

  private final Operator operator;
  private final PodCalls calls;

  public RunningController(
      KubernetesClient client, SigningKey assignmentKey, SigningKey connectKey, int podPort) {
    var clock = InstantSource.system();
    var pods = new RuntimePodFactory(BUILT_IN_IMAGE);
    var podFile = new PodFile(assignmentKey.publicKeys(), URI.create("http://gateway/reports"));
    calls = new PodCalls(new AssignmentSigner(assignmentKey, clock), podPort, clock);
    operator = new Operator(overrider -> overrider.withKubernetesClient(client));
    operator.register(
        new StreamingAppReconciler(
            new AppPlanner(pods, podFile, URI.create("https://stream.example/")), clock));
    operator.register(new StreamSessionReconciler(pods, calls, connectKey.publicKeys(), clock));
    operator.start();
  }

  @Override
  public void close() {
    operator.stop();
    calls.close();
  }
}
