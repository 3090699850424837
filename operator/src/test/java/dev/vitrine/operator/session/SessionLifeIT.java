package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions from request to end, on a real API server with a pretended kubelet and runtime. */
class SessionLifeIT {

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
  void a_session_goes_from_request_to_its_end() {
    stand.createApp(
        "{classes: [%s], parameters: [{name: stage, default: a.usda}]}".formatted(stand.namespace));
    stand.createSession("one", Map.of("stage", "b.usda"), ControllerStand.AS_THE_APP);

    var pod = stand.serve("one");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("vitrine.dev/app", "demo")
        .containsEntry("vitrine.dev/class", stand.namespace);
    stand.awaitReady("one", "True", "Waiting");
    assertThat(stand.runtime.assignments())
        .first()
        .satisfies(
            assignment -> {
              assertThat(assignment.session().name()).isEqualTo("one");
              assertThat(assignment.parameters()).containsEntry("stage", "b.usda");
              assertThat(assignment.announcedAddresses()).containsExactly("127.0.0.1");
              assertThat(assignment.connectKeys()).isEqualTo(stand.connectKey.publicKeys());
            });

    stand.report(
        "one", "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"2026-01-01T00:00:00.5Z\"}");
    stand.awaitReady("one", "True", "Connected");
    stand.awaitPod(
        pod, it -> "true".equals(it.getMetadata().getLabels().get("vitrine.dev/connected")));

    stand.kubelet.ended(pod, 0, "{\"reason\":\"IdleTimeout\",\"message\":\"Nobody moved\"}");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("IdleTimeout");
    assertThat(end.getMessage()).isEqualTo("Nobody moved");
    var status = stand.session("one").getStatus();
    assertThat(status.podName()).isEqualTo(pod.getMetadata().getName());
    assertThat(status.connection().seq()).isEqualTo(1);
    assertThat(status.timeline().connectedAt()).isEqualTo("2026-01-01T00:00:00.500000Z");
    assertThat(status.timeline().requestedAt()).isLessThan(status.timeline().assignedAt());
    assertThat(status.timeline().assignedAt()).isLessThan(status.timeline().endedAt());
    await("the pod to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.client.resource(pod).get() == null);
  }

  /** A character is a code point, of up to four bytes. */
  @Test
  void the_most_and_longest_parameters_reach_the_pod_whole() {
    var longest = "\uD83D\uDE00".repeat(1024);
    var parameters =
        IntStream.range(0, 32).boxed().collect(Collectors.toMap(i -> "p" + i, _ -> longest));
    var declared =
        parameters.keySet().stream().map("{name: %s}"::formatted).collect(Collectors.joining(", "));
    stand.createApp("{classes: [%s], parameters: [%s]}".formatted(stand.namespace, declared));
    stand.createSession("one", parameters, ControllerStand.AS_THE_APP);

    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    assertThat(stand.runtime.assignments()).first().returns(parameters, Assignment::parameters);
  }

  @Test
  void a_life_without_trouble_leaves_no_events() {
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    stand.kubelet.ready(stand.awaitIdlePods(1).getFirst(), "127.0.0.1");
    stand.awaitApp(ConditionType.WARM_POOL_FULL, "True", "Full");
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.report(
        "one", "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"2026-01-01T00:00:00.5Z\"}");
    stand.awaitReady("one", "True", "Connected");
    stand.report("one", "{\"seq\":2,\"state\":\"Disconnected\"}");
    stand.awaitReady("one", "True", "Disconnected");
    var pod = stand.awaitPodOf("one");
    stand.kubelet.ended(pod, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"Bye\"}");
    stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    await("the pod to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.client.resource(pod).get() == null);
    assertThat(events()).isEmpty();
  }

  @Test
  void trouble_is_told_of_once_for_each_reason() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession(
        "one", Map.of(), new LifetimeWishes(300, null, null, null, null, null, 300));
    var pod = stand.awaitPodOf("one");
    for (var words : List.of("no such image", "no such registry")) {
      stand.kubelet.waiting(pod, "ErrImagePull", words);
      stand.awaitCondition("one", ConditionType.READY, it -> it.getMessage().contains(words));
    }
    stand.kubelet.unschedulable(pod, "0/1 nodes are available");
    stand.awaitReady("one", "False", "Unschedulable");
    stand.kubelet.ended(pod, 1, "out of paint");
    stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    await("three events")
        .atMost(ControllerStand.LIMIT)
        .untilAsserted(
            () ->
                assertThat(events())
                    .containsExactlyInAnyOrder("Unschedulable", "ImageNotPulled", "AppFailed"));
  }

  /** The reasons of all events of the namespace. */
  private List<String> events() {
    return stand
        .client
        .events()
        .v1()
        .events()
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .toList();
  }

  @Test
  void a_pod_that_refuses_at_first_is_told_again() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.runtime.refuseWith(503);
    stand.serve("one");
    stand.awaitCondition(
        "one", ConditionType.READY, it -> it.getMessage().contains("status 503: not now"));
    stand.runtime.refuseWith(0);
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_pod_that_serves_another_ends_the_session() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.runtime.refuseWith(409);
    stand.serve("one");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getMessage()).isEqualTo("The pod refused the session: not now");
  }

  @Test
  void a_pod_that_never_gets_ready_ends_in_a_start_timeout_and_the_session_goes_in_time() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one", Map.of(), new LifetimeWishes(5, null, null, null, null, null, 2));
    stand.kubelet.unschedulable(
        stand.awaitPodOf("one"), "0/1 nodes are available: 1 node(s) didn't match the selector");
    stand.awaitReady("one", "False", "Unschedulable");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("StartTimeout");
    assertThat(end.getMessage()).contains("didn't match the selector");
    await("the session to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.session("one") == null);
  }

  @Test
  void an_image_that_cannot_be_pulled_ends_the_session_with_the_kubelets_words() {
    stand.createApp("{classes: [%s], image: nowhere/none}".formatted(stand.namespace));
    stand.createSession("one");
    stand.kubelet.withoutImage(stand.awaitPodOf("one"), "no such image nowhere/none");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("AppFailed");
    assertThat(end.getMessage()).contains("no such image nowhere/none");
  }

  @Test
  void a_runtime_that_waits_for_its_viewer_too_long_is_asked_before_the_controller_ends_it() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one", Map.of(), new LifetimeWishes(null, 60, null, null, null, null, 300));
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.runtime.answerStateWith(503, "not now");
    assertThat(stand.runtime.stateRequests()).isZero();
    stand.pass(Duration.ofSeconds(90));
    stand.wake("one");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("ConnectTimeout");
    assertThat(end.getMessage())
        .isEqualTo("The runtime did not end the session itself, nor answer");
    assertThat(stand.runtime.stateRequests()).isEqualTo(1);
  }

  @Test
  void a_runtime_that_says_when_asked_why_its_session_is_over_is_believed() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.runtime.answerStateWith(
        200,
        """
        {"podUid":"any","connection":{"state":"Ended","endReason":"DeviceLost","message":"Gone"}}
        """);
    stand.pass(Duration.ofHours(1));
    stand.wake("one");
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("DeviceLost");
    assertThat(end.getMessage()).isEqualTo("Gone");
  }

  @Test
  void of_lifetimes_the_session_s_own_come_first_then_the_app_s_and_the_class_has_the_last_word() {
    stand.createApp(
        "{classes: [%s], lifetimes: {connectSeconds: 200, idleSeconds: 600, maxSeconds: 7200}}"
            .formatted(stand.namespace));
    stand.createClass("{lifetimes: {maxSeconds: 3600, extensionSeconds: 60}}");
    stand.createSession("one", Map.of(), new LifetimeWishes(null, null, 5, 300, null, null, null));
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    assertThat(stand.runtime.assignments().getFirst().lifetimes())
        .isEqualTo(new Lifetimes(200, 5, 300, 3600, 60, 60, 3600));
  }

  @Test
  void a_class_that_keeps_ended_sessions_for_less_time_lets_those_go_that_there_are() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one", Map.of("undeclared", "x"), ControllerStand.AS_THE_APP);
    stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    stand.createClass("{lifetimes: {ttlSecondsAfterFinished: 0}}");
    await("the session to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.session("one") == null);
  }

  @Test
  void a_pod_deleted_behind_our_back_is_lost() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    var pod = stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.client.resource(pod).withGracePeriod(0).delete();
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("PodLost");
  }

  @Test
  void an_app_goes_after_its_sessions_have_ended() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    var apps = stand.client.resources(StreamingApp.class).inNamespace(stand.namespace);
    apps.withName("demo").delete();
    var end = stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("AppDeleted");
    await("the app to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> apps.withName("demo").get() == null);
  }
}
