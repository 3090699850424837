package dev.vitrine.operator.gateway.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.testing.KubeApiServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever waits for a session hears at once what becomes of it. */
class SessionsIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  /** Longer than anybody here waits for an answer. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ClusterCache cache;
  private Sessions sessions;
  private Thread waiter;

  @BeforeEach
  void create() {
    cache = new ClusterCache(cluster.client(), _ -> {});
    sessions = new Sessions(cluster.client(), cache);
  }

  @AfterEach
  void close() {
    waiter.interrupt();
    cache.close();
  }

  @Test
  void of_a_session_that_is_deleted_meanwhile_there_is_none() throws Exception {
    cache.start();
    var session = sessions.create(cluster.newNamespace(), StreamSessionSpec.of("viewer"));
    var answer = ready(session);
    cluster.client().resource(session).delete();
    assertThat(answer.get(30, SECONDS)).isEmpty();
  }

  /** Another replica has made it a moment ago. */
  @Test
  void a_session_that_no_watch_has_told_of_is_not_taken_for_deleted() throws Exception {
    var session = sessions.create(cluster.newNamespace(), StreamSessionSpec.of("viewer"));
    var answer = ready(session);
    cache.start();
    await()
        .until(
            () -> cache.session(session.getMetadata().getNamespace(), name(session)).isPresent());
    assertThat(answer).isNotDone();
    cluster.client().resource(session).delete();
    assertThat(answer.get(30, SECONDS)).isEmpty();
  }

  /** Returns once somebody waits for it. */
  private CompletableFuture<Optional<StreamSession>> ready(StreamSession session) {
    var answer = new CompletableFuture<Optional<StreamSession>>();
    waiter = Thread.ofPlatform().start(() -> answer.complete(sessions.awaitReady(session, LIMIT)));
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    return answer;
  }

  private static String name(StreamSession session) {
    return session.getMetadata().getName();
  }
}
