package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.testing.ApiWrites;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.PromptKubelet;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is written of sessions that many events wake at once. */
class StatusWritesIT {

  private static final int SESSIONS = 24;
  private static final LifetimeWishes GONE_AT_ONCE =
      new LifetimeWishes(null, null, null, null, null, null, 0);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private final Map<String, List<StreamSessionStatus>> written = new ConcurrentHashMap<>();
  private ControllerStand stand;
  private PromptKubelet kubelet;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
    kubelet = new PromptKubelet(stand.client, stand.namespace);
  }

  @AfterEach
  void stopController() {
    kubelet.close();
    stand.close();
  }

  @Test
  void no_status_is_written_twice_and_no_end_gets_another_time() throws Exception {
    stand.createApp("{classes: [%s], warm: {min: %d}}".formatted(stand.namespace, SESSIONS));
    stand.awaitApp("WarmPoolFull", "True", "Full");
    try (var _ = watch();
        var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
      var lives =
          IntStream.range(0, SESSIONS)
              .mapToObj(i -> CompletableFuture.runAsync(() -> live("session-" + i), viewers))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(lives).get(ControllerStand.LIMIT.toSeconds(), TimeUnit.SECONDS);
      stand.awaitIdlePods(SESSIONS);
    }
    assertThat(written).hasSize(SESSIONS);
    assertThat(written)
        .allSatisfy((_, statuses) -> assertThat(statuses).doesNotHaveDuplicates())
        .allSatisfy((_, statuses) -> assertThat(endsIn(statuses)).hasSize(1));
  }

  /**
   * Connected, first frame, goodbye and all: what its runtime reports of such a life is one report,
   * as the runtime's SessionReportTest has it.
   */
  @Test
  void a_life_costs_six_writes_to_its_session_and_twelve_in_all() {
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    stand.awaitApp("WarmPoolFull", "True", "Full");
    var before = ApiWrites.soFar(stand.client);
    stand.createSession("one", Map.of(), GONE_AT_ONCE);
    stand.awaitReady("one", "True", "Waiting");
    stand.report(
        "one",
        """
        {"seq":1,"state":"Connected","connectedAt":"%1$s","firstFrameAt":"%1$s",
         "transport":"webrtc-java","codec":"H264"}
        """
            .formatted(Instant.now()));
    stand.awaitReady("one", "True", "Connected");
    var pod = stand.session("one").getStatus().podName();
    stand.awaitPod(
        stand.client.pods().inNamespace(stand.namespace).withName(pod).get(),
        it -> it.getMetadata().getLabels().containsKey("vitrine.dev/connected"));
    kubelet.end(pod);
    await("the session to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.session("one") == null);
    stand.awaitIdlePods(1);
    stand.awaitApp("WarmPoolFull", "True", "Full");
    await("the writes of its life")
        .atMost(ControllerStand.LIMIT)
        .untilAsserted(
            () -> assertThat(writesSince(before).of("streamsessions")).as("to it").isEqualTo(6));
    assertThat(writesSince(before).all()).as("%s", writesSince(before)).isLessThanOrEqualTo(12);
  }

  private ApiWrites writesSince(ApiWrites before) {
    return ApiWrites.soFar(stand.client).since(before);
  }

  private void live(String session) {
    stand.createSession(session);
    stand.awaitReady(session, "True", "Waiting");
    stand.report(
        session, "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"2026-01-01T00:00:00Z\"}");
    stand.awaitReady(session, "True", "Connected");
    kubelet.end(stand.session(session).getStatus().podName());
    stand.awaitCondition(session, ConditionType.ENDED, end -> end.getStatus().equals("True"));
  }

  private static LinkedHashSet<String> endsIn(List<StreamSessionStatus> statuses) {
    var ends = new LinkedHashSet<String>();
    statuses.stream()
        .filter(status -> status.timeline() != null && status.timeline().endedAt() != null)
        .forEach(status -> ends.add(status.timeline().endedAt()));
    return ends;
  }

  private AutoCloseable watch() {
    var watch =
        stand
            .client
            .resources(StreamSession.class)
            .inNamespace(stand.namespace)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, StreamSession session) {
                    if (session.getStatus() != null) {
                      written
                          .computeIfAbsent(session.getMetadata().getName(), _ -> new ArrayList<>())
                          .add(session.getStatus());
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
    return watch::close;
  }
}
