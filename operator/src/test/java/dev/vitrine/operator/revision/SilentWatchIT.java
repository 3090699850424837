package dev.vitrine.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.testing.ApiServerProxy;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a controller has written is known to it before its watch tells of it. */
class SilentWatchIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void a_revision_that_was_verified_is_not_tried_again() throws Exception {
    try (var server = new ApiServerProxy(cluster.config(), ApiServerProxy.Call::passOn);
        var stand = new ControllerStand(cluster, () -> clientOf(server))) {
      stand.createApp(
          "{classes: [%s], rollout: {verification: {mode: Ready}}}".formatted(stand.namespace));
      var revision =
          await("a revision")
              .atMost(ControllerStand.LIMIT)
              .until(() -> revisions(stand), it -> it.size() == 1)
              .getFirst();
      stand.awaitPodOf(revision);
      try (var _ = server.silence("streamingapprevisions")) {
        stand.serve(revision);
        await("the trial to be gone")
            .atMost(ControllerStand.LIMIT)
            .until(() -> stand.session(revision) == null);
        changeApp(stand); // wakes the revision once more
      }
      stand.awaitApp("RolloutComplete", "True", "RolledOut");
      stand.createSession("first");
      stand.serve("first");
      stand.awaitReady("first", "True", "Waiting");
      assertThat(stand.session(revision)).as("another trial").isNull();
    }
  }

  /** In what shapes no pod; until the controller has seen it. */
  private static void changeApp(ControllerStand stand) {
    stand
        .client
        .resource(stand.app())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"limits\":{\"sessions\":9}}}");
    await("the app as it is now to be looked at")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                stand.app().getStatus().conditions().stream()
                    .allMatch(
                        it ->
                            stand
                                .app()
                                .getMetadata()
                                .getGeneration()
                                .equals(it.getObservedGeneration())));
  }

  private static List<String> revisions(ControllerStand stand) {
    return stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .map(revision -> revision.getMetadata().getName())
        .toList();
  }

  private static KubernetesClient clientOf(ApiServerProxy server) {
    return new KubernetesClientBuilder().withConfig(server.way()).build();
  }
}
