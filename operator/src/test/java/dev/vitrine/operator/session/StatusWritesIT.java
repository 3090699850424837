package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.PromptKubelet;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
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
