package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.FakeRuntime;
import dev.vitrine.operator.testing.RunningController;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions from request to end, on a real API server with a pretended kubelet and runtime. */
class SessionLifeIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final LifetimeWishes AS_THE_APP = null;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private final SigningKey assignmentKey = SigningKey.generate();
  private final SigningKey connectKey = SigningKey.generate();
  private KubernetesClient operatorClient;
  private KubernetesClient client;
  private FakeKubelet kubelet;
  private FakeRuntime runtime;
  private RunningController controller;
  private String namespace;

  @BeforeEach
  void startController() throws IOException {
    client = cluster.client();
    namespace = cluster.newNamespace();
    kubelet = new FakeKubelet(client);
    runtime = new FakeRuntime(assignmentKey.publicKeys());
    operatorClient = cluster.newClient();
    controller = new RunningController(operatorClient, assignmentKey, connectKey, runtime.port());
  }

  @AfterEach
  void stopController() {
    controller.close();
    operatorClient.close();
    runtime.close();
  }

  @Test
  void a_session_goes_from_request_to_its_end() {
    createApp("{classes: [%s], parameters: [{name: stage, default: a.usda}]}".formatted(namespace));
    createSession("one", Map.of("stage", "b.usda"), AS_THE_APP);

    var pod = serve("one");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("vitrine.dev/app", "demo")
        .containsEntry("vitrine.dev/class", namespace);
    awaitReady("one", "True", "Waiting");
    assertThat(runtime.assignments())
        .first()
        .satisfies(
            assignment -> {
              assertThat(assignment.session().name()).isEqualTo("one");
              assertThat(assignment.parameters()).containsEntry("stage", "b.usda");
              assertThat(assignment.announcedAddresses()).containsExactly("127.0.0.1");
              assertThat(assignment.connectKeys()).isEqualTo(connectKey.publicKeys());
            });

    report("one", "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"2026-01-01T00:00:00.5Z\"}");
    awaitReady("one", "True", "Connected");
    awaitPod(pod, it -> "true".equals(it.getMetadata().getLabels().get("vitrine.dev/connected")));

    kubelet.ended(pod, 0, "{\"reason\":\"IdleTimeout\",\"message\":\"Nobody moved\"}");
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("IdleTimeout");
    assertThat(end.getMessage()).isEqualTo("Nobody moved");
    var status = session("one").getStatus();
    assertThat(status.podName()).isEqualTo(pod.getMetadata().getName());
    assertThat(status.connection().seq()).isEqualTo(1);
    assertThat(status.timeline().connectedAt()).isEqualTo("2026-01-01T00:00:00.500000Z");
    assertThat(status.timeline().requestedAt()).isLessThan(status.timeline().assignedAt());
    assertThat(status.timeline().assignedAt()).isLessThan(status.timeline().endedAt());
    await("the pod to go").atMost(LIMIT).until(() -> client.resource(pod).get() == null);
  }

  @Test
  void a_pod_that_refuses_at_first_is_told_again() {
    createApp("{classes: [%s]}".formatted(namespace));
    createSession("one", Map.of(), AS_THE_APP);
    runtime.refuseWith(503);
    serve("one");
    awaitCondition(
        "one", ConditionType.READY, it -> it.getMessage().contains("status 503: not now"));
    runtime.refuseWith(0);
    awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_pod_that_serves_another_ends_the_session() {
    createApp("{classes: [%s]}".formatted(namespace));
    createSession("one", Map.of(), AS_THE_APP);
    runtime.refuseWith(409);
    serve("one");
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getMessage()).isEqualTo("The pod refused the session: not now");
  }

  @Test
  void a_pod_that_never_gets_ready_ends_in_a_start_timeout_and_the_session_goes_in_time() {
    createApp("{classes: [%s]}".formatted(namespace));
    createSession("one", Map.of(), new LifetimeWishes(5, null, null, null, null, null, 2));
    kubelet.unschedulable(
        awaitPodOf("one"), "0/1 nodes are available: Insufficient nvidia.com/gpu");
    awaitReady("one", "False", "Unschedulable");
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("StartTimeout");
    assertThat(end.getMessage()).contains("Insufficient nvidia.com/gpu");
    await("the session to go").atMost(LIMIT).until(() -> session("one") == null);
  }

  @Test
  void an_image_that_cannot_be_pulled_ends_the_session_with_the_kubelets_words() {
    createApp("{classes: [%s], image: nowhere/none}".formatted(namespace));
    createSession("one", Map.of(), AS_THE_APP);
    kubelet.waiting(awaitPodOf("one"), "ImagePullBackOff", "no such image nowhere/none");
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("AppFailed");
    assertThat(end.getMessage()).contains("no such image nowhere/none");
  }

  @Test
  void a_pod_deleted_behind_our_back_is_lost() {
    createApp("{classes: [%s]}".formatted(namespace));
    createSession("one", Map.of(), AS_THE_APP);
    var pod = serve("one");
    awaitReady("one", "True", "Waiting");
    client.resource(pod).withGracePeriod(0).delete();
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("PodLost");
  }

  @Test
  void an_app_goes_after_its_sessions_have_ended() {
    createApp("{classes: [%s]}".formatted(namespace));
    createSession("one", Map.of(), AS_THE_APP);
    serve("one");
    awaitReady("one", "True", "Waiting");
    var apps = client.resources(StreamingApp.class).inNamespace(namespace);
    apps.withName("demo").delete();
    var end = awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("AppDeleted");
    await("the app to go").atMost(LIMIT).until(() -> apps.withName("demo").get() == null);
  }

  private Pod serve(String session) {
    var pod = awaitPodOf(session);
    runtime.become(pod.getMetadata().getUid());
    kubelet.ready(pod, "127.0.0.1");
    return pod;
  }

  private void createApp(String spec) {
    var streamClass =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %s}
        spec: {resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}
        """
            .formatted(namespace);
    client.resource(streamClass).create();
    var app =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: demo}
        spec: %s
        """
            .formatted(spec);
    client.resource(app).inNamespace(namespace).create();
  }

  private void createSession(String name, Map<String, String> parameters, LifetimeWishes wishes) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(new StreamSessionSpec("demo", null, null, parameters, wishes));
    client.resource(session).create();
  }

  /** As the gateway does it. */
  private void report(String name, String connection) {
    var patch =
        """
        {"apiVersion":"vitrine.dev/v1alpha1","kind":"StreamSession","metadata":{"name":"%s"},
         "status":{"connection":%s}}
        """
            .formatted(name, connection);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("vitrine-gateway")
            .withForce(true)
            .build();
    client
        .resources(StreamSession.class)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(context, patch);
  }

  private StreamSession session(String name) {
    return client.resources(StreamSession.class).inNamespace(namespace).withName(name).get();
  }

  private Pod awaitPodOf(String session) {
    return await("a pod of session " + session)
        .atMost(LIMIT)
        .until(
            () ->
                client
                    .pods()
                    .inNamespace(namespace)
                    .withLabel("vitrine.dev/session", session)
                    .list()
                    .getItems()
                    .stream()
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void awaitPod(Pod pod, Predicate<Pod> wanted) {
    await("the pod").atMost(LIMIT).until(() -> client.resource(pod).get(), wanted);
  }

  private void awaitReady(String session, String status, String reason) {
    awaitCondition(
        session,
        ConditionType.READY,
        it -> it.getStatus().equals(status) && it.getReason().equals(reason));
  }

  private Condition awaitCondition(String session, String type, Predicate<Condition> wanted) {
    try {
      return await(type + " of session " + session)
          .atMost(LIMIT)
          .until(
              () ->
                  Optional.ofNullable(session(session))
                      .map(StreamSession::getStatus)
                      .flatMap(status -> Conditions.find(status.conditions(), type)),
              found -> found.filter(wanted).isPresent())
          .orElseThrow();
    } catch (RuntimeException e) {
      throw new AssertionError(
          "The session is "
              + session(session)
              + ", its app "
              + client.resources(StreamingApp.class).inNamespace(namespace).withName("demo").get(),
          e);
    }
  }
}
