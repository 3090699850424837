package dev.vitrine.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * Controllers as a Deployment keeps them: each a process of its own, of which one leads; one that
 * ends is started anew.
 */
public final class ControllerReplicas implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final OperatorStand stand;
  private final List<OperatorProcess> all = new CopyOnWriteArrayList<>();
  private final List<OperatorProcess> retired = new CopyOnWriteArrayList<>();
  private boolean closed;

  /** Starts so many; returns at once. */
  public ControllerReplicas(OperatorStand stand, int count) {
    this.stand = stand;
    for (var i = 0; i < count; i++) {
      begin();
    }
  }

  /** Waits until all are ready, and one leads; gives that one. */
  public OperatorProcess awaitReady() {
    Awaitility.await("all controllers to be ready")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> all.stream().allMatch(OperatorProcess::isReady));
    return leaderAfter(null);
  }

  /**
   * Waits until one of them leads.
   *
   * @param before who does not count; null: everybody does
   */
  public OperatorProcess leaderAfter(OperatorProcess before) {
    return Awaitility.await("a controller to lead")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(this::leading, now -> now.filter(it -> it != before).isPresent())
        .orElseThrow();
  }

  /** Those that run, the oldest first. */
  public List<OperatorProcess> all() {
    return List.copyOf(all);
  }

  /** Puts a new one in the place of another, which is told to end once the new one is ready. */
  public void replace(OperatorProcess old) throws InterruptedException {
    begin().awaitReady();
    retired.add(old);
    old.tellToEnd();
    old.awaitEnd();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    all.forEach(OperatorProcess::close);
  }

  private Optional<OperatorProcess> leading() {
    var holder = stand.leader();
    return all.stream()
        .filter(controller -> holder.filter(controller.name()::equals).isPresent())
        .findFirst();
  }

  private synchronized OperatorProcess begin() {
    try {
      var controller = stand.beginController();
      all.add(controller);
      controller.onEnd(() -> ended(controller));
      return controller;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void ended(OperatorProcess controller) {
    if (!closed && all.remove(controller) && !retired.contains(controller)) {
      begin();
    }
  }
}
