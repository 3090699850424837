package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.FakeGarbageCollector;
import dev.vitrine.operator.testing.Invariants;
import dev.vitrine.operator.testing.PromptKubelet;
import dev.vitrine.operator.testing.StormyApiServer;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An API server that refuses, loses and delays any of the controller's writes: once it is well
 * again, everything is as it should be.
 */
class StormIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int SESSIONS = 12;
  private static final int IDLE = 3;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatever_befalls_the_writes_everything_settles(long seed) throws Exception {
    try (var server = new StormyApiServer(cluster.config(), seed);
        var stand = new ControllerStand(cluster, server::newClient);
        var kubelet = new PromptKubelet(stand.client, stand.namespace)) {
      server.begin();
      live(stand, kubelet, server, new Random(seed));
      server.end();
      assertSettles(stand);
      assertThat(server.faults()).containsOnlyKeys(StormyApiServer.Fault.values());
    }
  }

  /** All that the controller writes is written at some time of this. */
  private static void live(
      ControllerStand stand, PromptKubelet kubelet, StormyApiServer server, Random random)
      throws InterruptedException {
    stand.createApp(
        "{classes: [%s], warm: {targetIdle: %d}, lifetimes: {ttlSecondsAfterFinished: 0}}"
            .formatted(stand.namespace, IDLE));
    for (var i = 0; i < SESSIONS; i++) {
      stand.createSession("s-" + i);
      // Not a wait for something: a moment that nobody chose.
      new CountDownLatch(1).await(random.nextInt(500), TimeUnit.MILLISECONDS);
    }
    server.cutWatches();
    IntStream.range(0, SESSIONS - 1).forEach(i -> awaitAssigned(stand, "s-" + i));
    stand.report("s-0", "{\"seq\": 1, \"state\": \"Connected\"}");
    List.of("s-2", "s-4").forEach(session -> connect(stand, session)); // else they get other pods
    kubelet.end(podOf(stand, "s-1"));
    stand.kubelet.ended(pod(stand, "s-2"), 1, "it failed");
    stand.client.resource(stand.session("s-3")).delete();
    stand.client.pods().inNamespace(stand.namespace).withName(podOf(stand, "s-4")).delete();
    stand
        .client
        .resource(stand.app())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"version\":\"2\",\"container\":{\"args\":[\"--other\"]}}}");
    stand.createSession("last");
    server.cutWatches();
    awaitAssigned(stand, "last");
  }

  private static void assertSettles(ControllerStand stand) throws IOException {
    var collector = new FakeGarbageCollector(stand.client, stand.namespace);
    await("the sessions that are over to be gone, and the others to be served")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              collector.sweep();
              assertThat(sessions(stand))
                  .extracting(it -> it.getMetadata().getName())
                  .doesNotContain("s-1", "s-2", "s-3", "s-4")
                  .hasSize(SESSIONS - 3);
              assertThat(sessions(stand)).allMatch(it -> holds(it, ConditionType.READY));
              Invariants.check(stand.client, stand.namespace, stand.runtime);
            });
    await("the new revision to get all sessions")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(stand.app().getStatus().revisions())
                    .as("revisions of %s", stand.app())
                    .singleElement()
                    .extracting(RevisionShare::name)
                    .isNotEqualTo(stand.session("s-0").getStatus().revision()));
    await("the idle pods to be those that are wanted")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(stand.idlePods())
                    .hasSize(IDLE)
                    .allSatisfy(
                        pod ->
                            assertThat(pod.getMetadata().getLabels())
                                .containsEntry(
                                    PodLabels.REVISION,
                                    stand.app().getStatus().revisions().getFirst().name())));
    await("the connected session's pod to be labelled so")
        .atMost(LIMIT)
        .until(
            () ->
                "true"
                    .equals(pod(stand, "s-0").getMetadata().getLabels().get(PodLabels.CONNECTED)));
  }

  private static void awaitAssigned(ControllerStand stand, String session) {
    await(session + " to be assigned")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(stand.session(session))
                    .as("session of %s", stand.app())
                    .matches(it -> holds(it, ConditionType.ASSIGNED)));
  }

  private static void connect(ControllerStand stand, String session) {
    stand.report(
        session,
        "{\"seq\": 1, \"state\": \"Connected\", \"connectedAt\": \"%s\"}".formatted(Instant.now()));
    await(session + " to be connected")
        .atMost(LIMIT)
        .until(() -> holds(stand.session(session), ConditionType.CONNECTED));
  }

  private static boolean holds(StreamSession session, String condition) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), condition);
  }

  private static String podOf(ControllerStand stand, String session) {
    return stand.session(session).getStatus().podName();
  }

  private static Pod pod(ControllerStand stand, String session) {
    return stand.client.pods().inNamespace(stand.namespace).withName(podOf(stand, session)).get();
  }

  private static List<StreamSession> sessions(ControllerStand stand) {
    return stand
        .client
        .resources(StreamSession.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems();
  }
}
