package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.FakeGarbageCollector;
import dev.vitrine.operator.testing.PromptKubelet;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Things that happen when they suit nobody: nothing is stuck, nothing is left behind. */
class BadMomentsIT {

  private static final LifetimeWishes GONE_AT_ONCE =
      new LifetimeWishes(null, null, null, null, null, null, 0);

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

  /** What may befall a warm pod. */
  enum Fate {
    DELETED((stand, pod) -> stand.client.resource(pod).withGracePeriod(0).delete()),
    EVICTED(
        (stand, pod) ->
            report(
                stand,
                pod,
                "{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":\"no memory left\"}")),
    CRASHED((stand, pod) -> stand.kubelet.ended(pod, 139, ""));

    private final BiConsumer<ControllerStand, Pod> befall;

    Fate(BiConsumer<ControllerStand, Pod> befall) {
      this.befall = befall;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_warm_pod_is_lost_in_the_moment_of_its_claim(Fate fate) throws Exception {
    var random = new Random(4);
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    try (var _ = new PromptKubelet(stand.client, stand.namespace)) {
      for (var i = 0; i < 5; i++) {
        stand.awaitApp("WarmPoolFull", "True", "Full");
        var warm = stand.awaitIdlePods(1).getFirst();
        var session = "s-" + i;
        var lost = CompletableFuture.runAsync(() -> fate.befall.accept(stand, warm));
        // Not a wait for something: a moment that nobody chose.
        new CountDownLatch(1).await(random.nextInt(10), TimeUnit.MILLISECONDS);
        stand.createSession(session);
        lost.get(30, TimeUnit.SECONDS);
        await(session + " to be served by a pod that lives")
            .atMost(ControllerStand.LIMIT)
            .until(() -> isServedByALivingPod(session));
      }
    }
    assertThat(stand.runtime.conflicts()).isZero();
  }

  /** Also by a controller that took over in the meantime: the status keeps the count. */
  @ParameterizedTest
  @EnumSource
  void a_session_that_nobody_has_joined_outlives_three_of_its_warm_pods(Fate fate) {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    try (var _ = new PromptKubelet(stand.client, stand.namespace)) {
      stand.awaitApp("WarmPoolFull", "True", "Full");
      stand.createSession("one");
      for (var lost = 0; lost < LostPod.MOST; lost++) {
        var pod = awaitServed("one");
        stand.awaitApp("WarmPoolFull", "True", "Full");
        stand.awaitIdlePods(1);
        if (lost == 1) {
          stand.restartController();
        }
        fate.befall.accept(stand, pod);
        await("the loss to be told").atMost(ControllerStand.LIMIT).until(() -> hasLost("one", pod));
        await("the lost pod to be gone")
            .atMost(ControllerStand.LIMIT)
            .until(() -> stand.client.resource(pod).get() == null);
      }
      fate.befall.accept(stand, awaitServed("one"));
      stand.awaitReady("one", "False", "Ended");
    }
  }

  private Pod awaitServed(String session) {
    await(session + " to be served")
        .atMost(ControllerStand.LIMIT)
        .until(() -> isServedByALivingPod(session));
    return stand
        .client
        .pods()
        .inNamespace(stand.namespace)
        .withName(stand.session(session).getStatus().podName())
        .get();
  }

  private boolean hasLost(String session, Pod pod) {
    return stand.session(session).getStatus().lostPods().stream()
        .anyMatch(it -> it.name().equals(pod.getMetadata().getName()));
  }

  @Test
  void a_session_can_be_deleted_in_every_state_and_leaves_nothing_behind() {
    deleteIn("AppNotReady");
    stand.createApp("{classes: [%s], limits: {sessions: 1}}".formatted(stand.namespace));
    stand.awaitApp("Ready", "True", "Accepted");
    stand.createSession("first");
    var first = stand.serve("first");
    stand.awaitReady("first", "True", "Waiting");
    deleteIn("Queued");
    stand.kubelet.ended(first, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    stand.awaitReady("first", "False", "Ended");

    stand.createSession("one");
    stand.kubelet.unschedulable(stand.awaitPodOf("one"), "Insufficient cpu");
    deleteNowIn("Unschedulable", "False");

    stand.createSession("one");
    stand.kubelet.waiting(stand.awaitPodOf("one"), "ContainerCreating", "");
    deleteNowIn("Starting", "False");

    stand.createSession("one");
    stand.kubelet.waiting(stand.awaitPodOf("one"), "ErrImagePull", "no such host");
    deleteNowIn("ImageNotPulled", "False");

    stand.runtime.refuseWith(503);
    stand.createSession("one");
    stand.serve("one");
    deleteNowIn("Assigning", "False");
    stand.runtime.refuseWith(0);

    stand.createSession("one");
    stand.serve("one");
    deleteNowIn("Waiting", "True");

    for (var state : new String[] {"Connected", "Disconnected"}) {
      stand.createSession("one");
      stand.serve("one");
      stand.awaitReady("one", "True", "Waiting");
      stand.report(
          "one",
          "{\"seq\":1,\"state\":\"%s\",\"connectedAt\":\"2026-01-01T00:00:00.5Z\"}"
              .formatted(state));
      deleteNowIn(state, "True");
    }

    stand.createSession("one");
    stand.kubelet.bind(stand.awaitPodOf("one"), "a-node"); // else it would be gone at once
    var leaving = stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.client.resource(leaving).delete();
    deleteNowIn("Draining", "True");

    stand.createSession("one");
    stand.kubelet.bind(stand.awaitPodOf("one"), "a-node");
    var making = stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand
        .client
        .resource(making)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"another\"}}}"
                .formatted(PodLabels.PREEMPTED_FOR));
    deleteNowIn("MakingRoom", "True");

    stand.createSession("one");
    stand.kubelet.ended(stand.awaitPodOf("one"), 1, "it failed");
    deleteNowIn("Ended", "False");
  }

  @Test
  void a_session_that_is_deleted_before_anything_was_said_of_it_leaves_nothing_behind() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("Ready", "True", "Accepted");
    for (var i = 0; i < 5; i++) {
      stand.createSession("one");
      stand.client.resource(stand.session("one")).delete();
      awaitNothingLeft("that had no status");
    }
  }

  @Test
  void a_session_of_a_name_that_was_used_before_is_not_taken_for_the_one_before() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    for (var i = 0; i < 3; i++) {
      stand.createSession("one", Map.of(), GONE_AT_ONCE);
      stand.kubelet.ended(
          stand.awaitPodOf("one"), 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
      await("the session to go")
          .atMost(ControllerStand.LIMIT)
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .until(() -> stand.session("one") == null);
    }
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_pod_that_another_controller_gave_is_not_lost_because_no_watch_has_told_of_it() {
    stand.createApp("{classes: [%s], limits: {sessions: 1}}".formatted(stand.namespace));
    stand.createSession("first");
    stand.serve("first");
    stand.awaitReady("first", "True", "Waiting");
    stand.createSession("one");
    stand.awaitReady("one", "False", "Queued");

    var pod = stand.client.resource(unwatchedPodOf(stand.session("one"))).create();
    stand.kubelet.ready(pod, "127.0.0.1");
    stand
        .client
        .resource(stand.session("one"))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"podName\":\"%s\"}}".formatted(pod.getMetadata().getName()));

    stand.awaitReady("one", "True", "Waiting");
    assertThat(stand.session("one").getStatus().podName()).isEqualTo(pod.getMetadata().getName());
  }

  /** As a write does that the API server carried out after its sender had given up. */
  @Test
  void a_status_that_a_late_write_spoilt_is_set_right() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("Ready", "True", "Accepted");
    var shares = stand.app().getStatus().revisions();
    var revision =
        stand
            .client
            .resources(StreamingAppRevision.class)
            .inNamespace(stand.namespace)
            .withName(shares.getFirst().name());

    spoil(stand.client.resource(stand.app()), "{\"status\":{\"revisions\":[]}}");
    await("the app's status to be right again")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.app().getStatus().revisions().equals(shares));

    spoil(revision, "{\"status\":{\"conditions\":[]}}");
    await("the revision's status to be right again")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                Conditions.holds(revision.get().getStatus().conditions(), ConditionType.VERIFIED));
  }

  private static void spoil(Resource<?> resource, String patch) {
    resource.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  @Test
  void a_class_that_changes_or_goes_cuts_nobody_off() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("before");
    var pod = stand.serve("before");
    stand.awaitReady("before", "True", "Waiting");

    stand.createClass("{resources: {cpu: {request: 200m}, memory: {request: 64Mi}}}");
    stand.createSession("changed");
    var changed = stand.serve("changed");
    stand.awaitReady("changed", "True", "Waiting");
    assertThat(cpuOf(changed)).isEqualTo("200m");

    stand.client.resources(StreamClass.class).withName(stand.namespace).delete();
    stand.awaitApp("Ready", "False", "ClassNotFound");
    stand.createSession("without");
    var end =
        stand.awaitCondition("without", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("Rejected");
    assertThat(end.getMessage()).contains(stand.namespace);

    assertThat(isServedByALivingPod("before")).isTrue();
    assertThat(stand.session("before").getStatus().podName())
        .isEqualTo(pod.getMetadata().getName());
    stand.createClass("{}");
    stand.awaitApp("Ready", "True", "Accepted");
    stand.createSession("again");
    stand.serve("again");
    stand.awaitReady("again", "True", "Waiting");
  }

  @Test
  void an_image_that_vanished_ends_who_comes_and_nobody_who_is_there() {
    stand.createApp("{classes: [%s], image: registry.example/app}".formatted(stand.namespace));
    stand.createSession("before");
    stand.serve("before");
    stand.awaitReady("before", "True", "Waiting");

    stand.createSession("after");
    stand.kubelet.withoutImage(stand.awaitPodOf("after"), "no such image");
    var end =
        stand.awaitCondition("after", ConditionType.ENDED, it -> it.getStatus().equals("True"));

    assertThat(end.getReason()).isEqualTo("AppFailed");
    assertThat(end.getMessage()).contains("no such image");
    assertThat(isServedByALivingPod("before")).isTrue();
  }

  /** Without the label by which controllers watch pods. */
  private static Pod unwatchedPodOf(StreamSession session) {
    var metadata = session.getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName("given-by-another")
        .addToLabels(PodLabels.SESSION, metadata.getName())
        .withOwnerReferences(Owners.controller(session))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("runtime")
        .withImage("none")
        .endContainer()
        .endSpec()
        .build();
  }

  private void deleteIn(String state) {
    stand.createSession("one");
    deleteNowIn(state, "");
  }

  /** Deletes the session `one` once it is in that state, and waits until its pods are gone. */
  private void deleteNowIn(String state, String ready) {
    stand.awaitCondition(
        "one",
        ConditionType.READY,
        it -> it.getReason().equals(state) && it.getStatus().contains(ready));
    stand.client.resource(stand.session("one")).delete();
    awaitNothingLeft("that was " + state);
  }

  private void awaitNothingLeft(String which) {
    var collector = new FakeGarbageCollector(stand.client, stand.namespace);
    await("nothing to be left of a session " + which)
        .atMost(ControllerStand.LIMIT)
        .until(
            () -> {
              collector.sweep();
              return stand.session("one") == null
                  && stand
                      .client
                      .pods()
                      .inNamespace(stand.namespace)
                      .withLabel("vitrine.dev/session", "one")
                      .list()
                      .getItems()
                      .isEmpty();
            });
  }

  private boolean isServedByALivingPod(String session) {
    var now = stand.session(session);
    if (!holds(now, ConditionType.READY)) {
      return false;
    }
    var pod =
        stand.client.pods().inNamespace(stand.namespace).withName(now.getStatus().podName()).get();
    return pod != null && !new PodFacts(pod).isOver();
  }

  private static boolean holds(StreamSession session, String condition) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), condition);
  }

  private static String cpuOf(Pod pod) {
    return pod.getSpec()
        .getContainers()
        .getFirst()
        .getResources()
        .getRequests()
        .get("cpu")
        .toString();
  }

  private static void report(ControllerStand stand, Pod pod, String status) {
    stand
        .client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":%s}".formatted(status));
  }
}
