package dev.vitrine.operator.testing;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Viewers of one app who come at a steady rate and leave after a while, whoever leads, and whether
 * anybody does. It remembers who must be there.
 */
public final class SteadyLoad implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** About so many stay when one more comes. */
  private static final int STAYING = 60;

  private final OperatorStand stand;
  private final String app;
  private final long pauseMillis;
  private final Random random;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Queue<String> staying = new ArrayDeque<>();
  private final Thread viewers = Thread.ofPlatform().name("viewers").unstarted(this::come);
  private volatile Exception failure;
  private int count;

  private SteadyLoad(OperatorStand stand, String app, int perSecond, long seed) {
    this.stand = stand;
    this.app = app;
    pauseMillis = 1000 / perSecond;
    random = new Random(seed);
  }

  /** Begins at once. */
  public static SteadyLoad on(OperatorStand stand, String app, int perSecond, long seed) {
    var load = new SteadyLoad(stand, app, perSecond, seed);
    load.viewers.start();
    return load;
  }

  /**
   * Nobody comes any more; waits until all who stay are served, and those who left are gone.
   *
   * @param others how many sessions of the app are not this load's
   */
  public void settle(int others) {
    close();
    if (failure != null) {
      throw new IllegalStateException("A viewer could not come or leave", failure);
    }
    Awaitility.await("all who stay to be served, and the others to be gone")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .untilAsserted(
            () -> {
              var there = stand.sessions.ofApp(app);
              assertThat(there).filteredOn(it -> !stand.isAssigned(it)).isEmpty();
              assertThat(there).hasSize(staying.size() + others);
            });
  }

  /** How many have come. */
  public int count() {
    return count;
  }

  /** Names of the sessions that must be there. */
  public Set<String> staying() {
    return Set.copyOf(staying);
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      viewers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void come() {
    try {
      while (!stop.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        persist(this::comeOne);
        if (staying.size() > STAYING && random.nextBoolean()) {
          persist(this::leave);
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  /** Whoever is not answered, or refused for a moment, tries again. */
  private void persist(Runnable attempt) throws InterruptedException {
    var until = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        attempt.run();
        return;
      } catch (KubernetesClientException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        Thread.sleep(pauseMillis);
      }
    }
  }

  private void comeOne() {
    var name = app + "-viewer-" + count;
    try {
      stand.createSession(app, name);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) { // else it is there: only the answer was lost
        throw e;
      }
    }
    staying.add(name);
    count++;
  }

  /** The oldest one, if it is served by now. */
  private void leave() {
    var oldest = stand.session(staying.element());
    if (oldest != null && stand.isAssigned(oldest)) {
      stand.kubelet.end(oldest.getStatus().podName());
      staying.remove();
    }
  }
}
