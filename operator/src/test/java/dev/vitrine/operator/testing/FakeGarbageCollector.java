package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deletes pods of one namespace whose owners are gone, whenever it is told to. */
public final class FakeGarbageCollector {

  private final KubernetesClient client;
  private final String namespace;

  public FakeGarbageCollector(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  public void sweep() {
    // Pods first: whoever made one had its owner by then.
    var pods = client.pods().inNamespace(namespace).list().getItems();
    var living =
        Stream.<HasMetadata>concat(
                client
                    .resources(StreamSession.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream(),
                client
                    .resources(StreamingAppRevision.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream())
            .map(owner -> owner.getMetadata().getUid())
            .collect(Collectors.toSet());
    pods.stream()
        .filter(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .noneMatch(owner -> living.contains(owner.getUid())))
        .forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }
}
