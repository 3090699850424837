package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deletes pods and revisions of one namespace whose owners are gone, whenever it is told to. */
public final class FakeGarbageCollector {

  private final KubernetesClient client;
  private final String namespace;

  public FakeGarbageCollector(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  public void sweep() {
    // What is owned first: whoever made it had its owner by then.
    var owned = all(Pod.class, StreamingAppRevision.class);
    var living =
        all(StreamSession.class, StreamingAppRevision.class, StreamingApp.class).stream()
            .map(owner -> owner.getMetadata().getUid())
            .collect(Collectors.toSet());
    owned.stream()
        .filter(
            item ->
                item.getMetadata().getOwnerReferences().stream()
                    .noneMatch(owner -> living.contains(owner.getUid())))
        .forEach(item -> client.resource(item).withGracePeriod(0).delete());
  }

  @SafeVarargs
  private List<HasMetadata> all(Class<? extends HasMetadata>... kinds) {
    return Stream.of(kinds)
        .flatMap(kind -> client.resources(kind).inNamespace(namespace).list().getItems().stream())
        .map(HasMetadata.class::cast)
        .toList();
  }
}
