package dev.vitrine.operator.bench;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.operator.testing.ApiWrites;
import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.OperatorStand;
import java.time.Duration;
import java.time.Instant;

/** What a new controller does, after the last one has ended in order. */
final class Restart {

  /**
   * Where nothing has changed meanwhile.
   *
   * @param seconds from the start of its process until it had nothing more to do
   * @param writes what it wrote, but for its lease
   */
  record Settled(double seconds, ApiWrites writes) {}

  private Restart() {}

  static Settled settle(OperatorStand cluster) throws Exception {
    var before = ApiWrites.soFar(cluster.client);
    try (var controller = cluster.startController()) {
      var settledAt = controller.awaitQuiet();
      return new Settled(
          seconds(controller, settledAt), ApiWrites.soFar(cluster.client).since(before));
    }
  }

  /**
   * Seconds from the start of its process until a session that waited for a controller is served.
   */
  static double secondsToFirstClaim(OperatorStand cluster, String app) throws Exception {
    var session = app + "-waiting";
    cluster.createSession(app, session);
    try (var controller = cluster.startController()) {
      cluster.sessions.awaitCondition(session, ConditionType.ASSIGNED, () -> {});
      var timeline = cluster.session(session).getStatus().timeline();
      return seconds(controller, Instant.parse(timeline.assignedAt()));
    }
  }

  private static double seconds(OperatorProcess controller, Instant until) {
    return Duration.between(controller.startedAt(), until).toMillis() / 1e3;
  }
}
