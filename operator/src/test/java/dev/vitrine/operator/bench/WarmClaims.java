package dev.vitrine.operator.bench;

import dev.vitrine.operator.testing.Clients;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.operator.testing.Timings;

/**
 * Created → assigned, as the client sees it: it creates a session and waits for its watch to say
 * that a pod has accepted it. Each measurement has an app and idle pods of its own, ready before it
 * begins.
 */
final class WarmClaims {

  private final OperatorStand cluster;
  private int apps;

  WarmClaims(OperatorStand cluster) {
    this.cluster = cluster;
  }

  /**
   * Sessions that come at a steady rate; the pool is refilled meanwhile.
   *
   * @param idle how many pods wait
   */
  Timings atRate(double perSecond, int sessions, int idle) throws Exception {
    return measure(
        "{targetIdle: %d}".formatted(idle),
        app ->
            Clients.atRate(
                perSecond, sessions, (_, number) -> cluster.claim(app, app + "-" + number)));
  }

  /** Clients each of which asks for another session as soon as it has one; nothing is refilled. */
  Timings inTurn(int clients, int sessions) throws Exception {
    return inTurn(clients, sessions, "{min: %d}".formatted(sessions));
  }

  /**
   * The same with a pool that is refilled meanwhile.
   *
   * @param idle how many pods wait
   */
  Timings inTurnRefilled(int clients, int sessions, int idle) throws Exception {
    return inTurn(clients, sessions, "{targetIdle: %d}".formatted(idle));
  }

  private Timings inTurn(int clients, int sessions, String warm) throws Exception {
    return measure(
        warm,
        app ->
            Clients.inTurn(
                clients, sessions, (_, number) -> cluster.claim(app, app + "-" + number)));
  }

  private interface Load {
    Timings on(String app) throws Exception;
  }

  private Timings measure(String warm, Load load) throws Exception {
    var app = "claims-" + apps++;
    cluster.createWarmApp(app, warm);
    var timings = load.on(app);
    cluster.checkInvariants();
    cluster.clear(app);
    return timings;
  }
}
