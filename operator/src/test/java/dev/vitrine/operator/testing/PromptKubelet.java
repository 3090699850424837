package dev.vitrine.operator.testing;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.vitrine.operator.pod.PodLabels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Says of every new pod of ours at once that it is ready, on loopback. */
public final class PromptKubelet implements AutoCloseable {

  private static final int WRITERS = 16;

  private final KubernetesClient client;
  private final String namespace;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, Thread.ofPlatform().daemon().factory());
  private final SharedIndexInformer<Pod> pods;

  public PromptKubelet(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel(PodLabels.APP)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Pod pod) {
                    writers.execute(() -> ready(pod.getMetadata().getName()));
                  }

                  @Override
                  public void onUpdate(Pod before, Pod after) {}

                  @Override
                  public void onDelete(Pod pod, boolean stateUnknown) {}
                });
  }

  /** Pods of an app, as the watch has them. */
  public List<Pod> ofApp(String app) {
    return pods.getStore().list().stream()
        .filter(pod -> app.equals(pod.getMetadata().getLabels().get(PodLabels.APP)))
        .toList();
  }

  /** Its container ends by itself, as a viewer has closed the page. */
  public void end(String pod) {
    var last = "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}";
    var notReady = new PodConditionBuilder().withType("Ready").withStatus("False").build();
    var status = FakeKubelet.terminated(0, "Completed", last);
    status.setConditions(List.of(notReady));
    report(pod, status);
  }

  @Override
  public void close() {
    pods.close();
    writers.shutdownNow();
  }

  /** Tried again until the API server has taken it, as a kubelet does. */
  private void ready(String pod) {
    try {
      report(pod, FakeKubelet.running("127.0.0.1"));
    } catch (KubernetesClientException e) {
      if (!writers.isShutdown()) {
        writers.execute(() -> ready(pod));
      }
    }
  }

  private void report(String pod, PodStatus status) {
    try {
      client
          .pods()
          .inNamespace(namespace)
          .withName(pod)
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE), new PodBuilder().withStatus(status).build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_NOT_FOUND) {
        throw e; // else it was dismissed meanwhile
      }
    }
  }
}
