package dev.vitrine.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Revisions, tried by sessions of our own, on a real API server with a pretended kubelet. */
class RevisionIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
  }

  @AfterEach
  void stopController() {
    stand.close();
  }

  @Test
  void a_revision_serves_once_a_viewer_has_decoded_a_picture() {
    stand.createApp("{classes: [%s], rollout: {}}".formatted(stand.namespace));
    stand.awaitApp("Ready", "Unknown", "Verifying");
    stand.createSession("early");
    stand.awaitReady("early", "False", "AppNotReady");
    var revision = onlyRevision();
    stand.serve(revision);
    stand.kubelet.ended(
        awaitViewer(revision),
        0,
        "{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":812}}");
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    stand.awaitApp("Ready", "True", "Accepted");
    stand.serve("early");
    stand.awaitReady("early", "True", "Waiting");
  }

  @Test
  void a_revision_whose_container_fails_gets_no_session_and_the_app_quotes_it() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    var old = onlyRevision();
    patchApp(
        "{\"spec\":{\"image\":\"broken\",\"rollout\":{\"verification\":{\"mode\":\"Ready\"}}}}");
    stand.awaitApp("RolloutComplete", "Unknown", "Verifying");
    var next =
        await("the new revision")
            .atMost(ControllerStand.LIMIT)
            .until(() -> revisionBut(old), Optional::isPresent)
            .orElseThrow();
    stand.kubelet.ended(stand.awaitPodOf(next), 3, "no such file");
    var failed = stand.awaitApp("RolloutComplete", "False", "VerificationFailed");
    assertThat(failed.getMessage())
        .contains("AppFailed")
        .contains("exit code 3")
        .contains("no such file");
    assertThat(stand.app().getStatus().revisions())
        .singleElement()
        .extracting("name")
        .isEqualTo(old);
    stand.createSession("late");
    stand.serve("late");
    assertThat(stand.session("late").getStatus()).isNotNull();
    stand.awaitReady("late", "True", "Waiting");
    assertThat(stand.session("late").getStatus().revision()).isEqualTo(old);
  }

  @Test
  void new_sessions_go_over_in_steps_and_live_ones_stay() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    var old = onlyRevision();
    stand.createSession("live");
    stand.serve("live");
    stand.awaitReady("live", "True", "Waiting");
    patchApp(
        "{\"spec\":{\"image\":\"viewer:2\",\"rollout\":{\"steps\":[{\"percent\":40,\"holdSeconds\":3}]}}}");
    stand.awaitApp("RolloutComplete", "Unknown", "Progressing");
    assertThat(stand.app().getStatus().revisions()).extracting("percent").containsExactly(40, 60);
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    assertThat(stand.app().getStatus().revisions())
        .singleElement()
        .extracting("name")
        .isNotEqualTo(old);
    assertThat(stand.session("live").getStatus().revision()).isEqualTo(old);
    stand.createSession("pinned", old);
    stand.serve("pinned");
    stand.awaitReady("pinned", "True", "Waiting");
    assertThat(stand.session("pinned").getStatus().revision()).isEqualTo(old);
  }

  private String onlyRevision() {
    return await("a revision")
        .atMost(ControllerStand.LIMIT)
        .until(() -> revisionBut(""), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> revisionBut(String name) {
    return stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .map(revision -> revision.getMetadata().getName())
        .filter(other -> !other.equals(name))
        .findFirst();
  }

  private Pod awaitViewer(String revision) {
    return await("the viewer of " + revision)
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                Optional.ofNullable(
                    stand
                        .client
                        .pods()
                        .inNamespace(stand.namespace)
                        .withName(revision + "-viewer")
                        .get()),
            Optional::isPresent)
        .orElseThrow();
  }

  private void patchApp(String patch) {
    stand.client.resource(stand.app()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
