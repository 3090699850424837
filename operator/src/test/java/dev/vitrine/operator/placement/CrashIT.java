package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.Invariants;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Controllers that are cut off at any moment lose no session, leak no pod, and claim none twice.
 */
class CrashIT {

  private static final int ROUNDS = 6;
  private static final int SESSIONS_A_ROUND = 5;
  private static final int IDLE = 3;

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
  void whatever_the_moment_every_session_has_one_pod_and_every_pod_one_session()
      throws InterruptedException {
    var random = new Random(4);
    try (var _ = stand.kubelet.readyAll(stand.namespace, "127.0.0.1")) {
      stand.createApp("{classes: [%s], warm: {targetIdle: %d}}".formatted(stand.namespace, IDLE));
      for (var round = 0; round < ROUNDS; round++) {
        for (var i = 0; i < SESSIONS_A_ROUND; i++) {
          stand.createSession("s-%d-%d".formatted(round, i));
        }
        // Not a wait for something: a moment that nobody chose.
        new CountDownLatch(1).await(random.nextInt(400), TimeUnit.MILLISECONDS);
        stand.crashController();
      }
      await("all sessions to be served")
          .atMost(Duration.ofSeconds(60))
          .until(() -> sessions().stream().allMatch(CrashIT::isReady));
    }
    assertThat(sessions()).hasSize(ROUNDS * SESSIONS_A_ROUND);
    await("one pod a session, and the idle ones that are wanted")
        .atMost(ControllerStand.LIMIT)
        .untilAsserted(
            () -> {
              Invariants.check(stand.client, stand.namespace, stand.runtime);
              assertThat(stand.idlePods()).hasSize(IDLE);
            });
    Invariants.checkNoneAssignedTwice(stand.runtime.assignments().stream());
  }

  private List<StreamSession> sessions() {
    return stand
        .client
        .resources(StreamSession.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems();
  }

  private static boolean isReady(StreamSession session) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), ConditionType.READY);
  }
}
