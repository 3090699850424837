package dev.vitrine.operator.bench;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** Like a {@link StreamSession} in all, but nobody watches it. */
@Group(BareSession.GROUP)
@Version("v1alpha1")
@Kind("StreamSession")
@Plural("streamsessions")
public final class BareSession extends CustomResource<StreamSessionSpec, StreamSessionStatus>
    implements Namespaced {

  static final String GROUP = "bare.vitrine.dev";

  /** Makes the kind known, with all the rules of the one that it is like. */
  static void define(KubernetesClient client) {
    var copy =
        client
            .resources(CustomResourceDefinition.class)
            .withName(CustomResource.getCRDName(StreamSession.class))
            .get()
            .edit()
            .withNewMetadata()
            .withName(CustomResource.getCRDName(BareSession.class))
            .endMetadata()
            .editSpec()
            .withGroup(GROUP)
            .endSpec()
            .withStatus(null)
            .build();
    KubeApiServer.define(client, copy);
  }
}
