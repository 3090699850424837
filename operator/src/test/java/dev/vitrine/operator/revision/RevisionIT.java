package dev.vitrine.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
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

  @Test
  void a_rollout_that_is_paused_keeps_its_shares_until_it_goes_on() {
    beginRollout("{\"percent\":40,\"holdSeconds\":3600}");
    patchApp("{\"spec\":{\"rollout\":{\"state\":\"Paused\",\"steps\":null}}}");
    stand.awaitApp("RolloutComplete", "Unknown", "Paused");
    assertThat(stand.app().getStatus().revisions()).extracting("percent").containsExactly(40, 60);
    patchApp("{\"spec\":{\"rollout\":{\"state\":\"Running\"}}}");
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
  }

  @Test
  void a_revision_whose_sessions_fail_loses_its_share_for_good() {
    var old = beginRollout("{\"percent\":99,\"holdSeconds\":3600}");
    for (var i = 0; i < 8; i++) {
      var name = "unlucky-" + i;
      stand.createSession(name);
      stand.kubelet.ended(stand.awaitPodOf(name), 3, "no such file");
      stand.awaitCondition(name, "Ended", it -> it.getStatus().equals("True"));
    }
    var taken = stand.awaitApp("RolloutComplete", "False", "RolledBack");
    assertThat(taken.getMessage()).contains("sessions that revision", "failed, more than");
    stand.createSession("lucky");
    stand.serve("lucky");
    stand.awaitReady("lucky", "True", "Waiting");
    assertThat(stand.session("lucky").getStatus().revision()).isEqualTo(old);

    stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .withName(old)
        .delete();
    stand.awaitApp("Ready", "False", "VerificationFailed");
    assertThat(stand.awaitApp("RolloutComplete", "False", "RolledBack").getMessage())
        .contains("revision %s, which served before, is gone".formatted(old));
  }

  @Test
  void the_past_is_kept_as_long_as_the_app_says() {
    stand.createApp(
        "{classes: [%s], rollout: {historyLimit: 1, verification: {mode: None}}}"
            .formatted(stand.namespace));
    for (var image : List.of("viewer:2", "viewer:3", "viewer:4")) {
      stand.awaitApp("RolloutComplete", "True", "RolledOut");
      patchApp("{\"spec\":{\"image\":\"%s\"}}".formatted(image));
      await("revision of " + image)
          .atMost(ControllerStand.LIMIT)
          .until(
              () ->
                  revisions().stream().anyMatch(it -> image.equals(it.getSpec().image()))
                      && stand.app().getStatus().revisions().getFirst().percent() == 100);
    }
    await("two revisions").atMost(ControllerStand.LIMIT).until(() -> revisions().size() == 2);
  }

  @Test
  void an_old_revision_that_is_not_kept_goes_with_its_last_pod() {
    stand.createApp(
        "{classes: [%s], rollout: {historyLimit: 0, verification: {mode: None}}}"
            .formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    var old = onlyRevision();
    stand.createSession("live");
    var pod = stand.serve("live");
    stand.awaitReady("live", "True", "Waiting");
    var unused = rollOut("viewer:2");
    rollOut("viewer:3");
    awaitGone(unused);
    assertThat(revision(old)).isNotNull();
    stand.kubelet.ended(pod, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    awaitGone(old);
  }

  @Test
  void an_old_revision_that_is_not_kept_waits_for_the_last_session_that_asked_for_it() {
    stand.createApp(
        "{classes: [%s], limits: {sessions: 1}, rollout: {historyLimit: 1, verification: {mode: None}}}"
            .formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    var old = onlyRevision();
    rollOut("viewer:2");
    stand.createSession("live");
    stand.serve("live");
    stand.awaitReady("live", "True", "Waiting");
    stand.createSession("pinned", old);
    stand.awaitReady("pinned", "False", "Queued");
    patchApp("{\"spec\":{\"rollout\":{\"historyLimit\":0}}}");
    var unused = rollOut("viewer:3");
    rollOut("viewer:4");
    awaitGone(unused);
    assertThat(revision(old)).isNotNull();
    stand.awaitReady("pinned", "False", "Queued");
    stand.client.resource(stand.session("pinned")).delete();
    awaitGone(old);
  }

  /** Returns its revision, once all new sessions get it. */
  private String rollOut(String image) {
    patchApp("{\"spec\":{\"image\":\"%s\"}}".formatted(image));
    return await("the revision of " + image)
        .atMost(ControllerStand.LIMIT)
        .until(
            () -> {
              var serving = stand.app().getStatus().revisions().getFirst().name();
              return revisions().stream()
                  .filter(it -> image.equals(it.getSpec().image()))
                  .map(it -> it.getMetadata().getName())
                  .filter(serving::equals)
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private void awaitGone(String revision) {
    await("revision %s to go".formatted(revision))
        .atMost(ControllerStand.LIMIT)
        .until(() -> revision(revision) == null);
  }

  @Test
  void a_pod_that_never_gets_ready_fails_its_revision_once_its_time_is_up() {
    stand.createApp(
        "{classes: [%s], rollout: {verification: {mode: Ready, timeoutSeconds: 10}}}"
            .formatted(stand.namespace));
    stand.awaitPodOf(onlyRevision());
    var failed = stand.awaitApp("RolloutComplete", "False", "VerificationFailed");
    assertThat(failed.getMessage())
        .contains("not verified within spec.rollout.verification.timeoutSeconds (10)");
    stand.awaitApp("Ready", "False", "VerificationFailed");
  }

  @Test
  void a_full_quota_lets_the_trial_wait_for_its_session_and_for_its_viewer() {
    var quota =
        stand
            .client
            .resource(
                new ResourceQuotaBuilder()
                    .withNewMetadata()
                    .withName("pods")
                    .withNamespace(stand.namespace)
                    .endMetadata()
                    .withNewSpec()
                    .addToHard("pods", new Quantity("1"))
                    .endSpec()
                    .build())
            .create();
    use(quota, 1);
    stand.createApp(
        "{classes: [%s], rollout: {verification: {timeoutSeconds: 10}}}"
            .formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "Unknown", "WaitingForCapacity");
    use(quota, 0);
    var revision = onlyRevision();
    stand.serve(revision);
    stand.awaitReady(revision, "True", "Waiting");
    var waiting = stand.awaitApp("RolloutComplete", "Unknown", "WaitingForCapacity");
    assertThat(waiting.getMessage()).contains("exceeded quota");
    stand.client.resource(quota).delete();
    stand.kubelet.ended(
        awaitViewer(revision),
        0,
        "{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":812}}");
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
  }

  @Test
  void a_trial_that_a_policy_of_the_namespace_forbids_fails_in_its_words() {
    stand
        .client
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withName("small")
                .withNamespace(stand.namespace)
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToMax("memory", new Quantity("300Mi"))
                .endLimit()
                .endSpec()
                .build())
        .create();
    stand.createApp("{classes: [%s], rollout: {}}".formatted(stand.namespace));
    stand.serve(onlyRevision());
    var failed = stand.awaitApp("RolloutComplete", "False", "VerificationFailed");
    assertThat(failed.getMessage())
        .startsWith("The API server refuses its trial: ")
        .contains("maximum memory usage per Container is 300Mi");
  }

  @Test
  void what_an_app_does_not_say_any_more_is_not_tried_until_it_says_it_again() {
    stand.createApp(
        "{classes: [%s], rollout: {verification: {mode: Ready}}}".formatted(stand.namespace));
    var first = onlyRevision();
    var pod = stand.awaitPodOf(first);
    patchApp("{\"spec\":{\"image\":\"viewer:2\"}}");
    await("the word on " + first)
        .atMost(ControllerStand.LIMIT)
        .until(() -> verified(first).getReason().equals("Superseded"));
    await("no session").atMost(ControllerStand.LIMIT).until(() -> stand.session(first) == null);
    stand.client.resource(pod).withGracePeriod(0).delete(); // as the garbage collector does
    stand.createSession("pinned", first);
    stand.awaitReady("pinned", "False", "AppNotReady");
    patchApp("{\"spec\":{\"image\":null}}");
    stand.serve(first);
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    stand.serve("pinned");
    stand.awaitReady("pinned", "True", "Waiting");
  }

  /** A rollout of a second revision in steps; the name of the first one. */
  private String beginRollout(String steps) {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("RolloutComplete", "True", "RolledOut");
    var old = onlyRevision();
    patchApp("{\"spec\":{\"image\":\"viewer:2\",\"rollout\":{\"steps\":[%s]}}}".formatted(steps));
    stand.awaitApp("RolloutComplete", "Unknown", "Progressing");
    return old;
  }

  private Condition verified(String revision) {
    return revisions().stream()
        .filter(it -> it.getMetadata().getName().equals(revision))
        .flatMap(it -> it.getStatus().conditions().stream())
        .findFirst()
        .orElseThrow();
  }

  private StreamingAppRevision revision(String name) {
    return stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .withName(name)
        .get();
  }

  private List<StreamingAppRevision> revisions() {
    return stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems();
  }

  /** No controller counts here, and the API server counts on. */
  private void use(ResourceQuota quota, int used) {
    stand
        .client
        .resource(quota)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"hard\":{\"pods\":\"1\"},\"used\":{\"pods\":\"%d\"}}}".formatted(used));
  }

  private String onlyRevision() {
    return await("a revision")
        .atMost(ControllerStand.LIMIT)
        .until(() -> revisionBut(""), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> revisionBut(String name) {
    return revisions().stream()
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
