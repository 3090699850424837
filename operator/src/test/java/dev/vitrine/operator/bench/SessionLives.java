package dev.vitrine.operator.bench;

import dev.vitrine.operator.testing.ApiWrites;
import dev.vitrine.operator.testing.Clients;
import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.OperatorStand;
import java.util.ArrayList;
import java.util.List;

/**
 * What sessions cost from their creation until they are gone: created, assigned, connected, ended
 * by their viewer, deleted. On idle pods that are refilled, eight sessions at a time.
 *
 * @param controllerMillis processor time of the controller for each
 * @param writes all that the API server carried out for each, by resource
 */
record SessionLives(double controllerMillis, ApiWrites writes) {

  private static final int CLIENTS = 8;

  /** Until a fresh process has compiled what it runs all the time. */
  private static final int WARM_UP = 200;

  static SessionLives measure(
      OperatorStand cluster, OperatorProcess controller, String app, int sessions)
      throws Exception {
    cluster.createWarmApp(app, "{targetIdle: 256}"); // none waits for a refill
    live(cluster, app, "warm-up", WARM_UP);
    controller.awaitQuiet();
    var cpuBefore = controller.cpuMillis();
    var writesBefore = ApiWrites.soFar(cluster.client);
    live(cluster, app, "life", sessions);
    controller.awaitQuiet();
    var cpu = (controller.cpuMillis() - cpuBefore) / sessions;
    var writes = ApiWrites.soFar(cluster.client).since(writesBefore).by(sessions);
    cluster.clear(app);
    return new SessionLives(cpu, writes);
  }

  /** Its writes: to each resource that was written, idle pods and events included, and in all. */
  List<Row> rows() {
    var rows = new ArrayList<Row>();
    writes
        .byResource()
        .forEach(
            (resource, count) -> {
              var row = Row.of("writes to %s in a session's life".formatted(resource), count, "");
              rows.add(resource.equals("streamsessions") ? row.atMost(6) : row);
            });
    rows.add(Row.of("writes of a session's life in all", writes.all(), "").atMost(12));
    return rows;
  }

  private static void live(OperatorStand cluster, String app, String prefix, int sessions)
      throws Exception {
    Clients.inTurn(
        CLIENTS,
        sessions,
        (_, number) -> {
          var name = "%s-%s-%d".formatted(app, prefix, number);
          cluster.claim(app, name);
          cluster.connect(name);
          cluster.end(cluster.session(name));
        });
  }
}
