package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.leader.Cluster.REQUESTED;
import static dev.vitrine.operator.metrics.leader.Cluster.ready;
import static dev.vitrine.operator.metrics.leader.Cluster.session;
import static dev.vitrine.operator.metrics.leader.Cluster.times;
import static dev.vitrine.operator.metrics.leader.Cluster.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RolloutReason;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.metrics.Reading;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.PoolCount;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CensusTest {

  private static final Key APP = new Key("ns", "demo");

  private final Cluster cluster = new Cluster();
  private final Census census =
      new Census(
          cluster.stores,
          () ->
              Map.of(
                  new Pool(APP, "old", "gpu"), new PoolCount(0, 1, 0, 0),
                  new Pool(APP, "new", "gpu"), new PoolCount(3, 1, 2, 0)),
          () -> Instant.parse("2026-01-01T00:00:30Z"));

  private List<Reading> readings(Metric metric) {
    return census.readings().stream().filter(it -> it.metric() == metric).toList();
  }

  @Test
  void sessions_are_counted_by_app_class_and_state() {
    cluster.watch(with(session("one"), REQUESTED, ready(SessionReason.Connected)));
    cluster.watch(with(session("two"), REQUESTED, ready(SessionReason.Connected)));
    cluster.watch(session("three", "demo", null));
    cluster.watch(session("four", "no-app", "no-class"));
    assertThat(readings(Metric.SESSIONS))
        .containsExactlyInAnyOrder(
            Reading.of(Metric.SESSIONS, 2, "ns", "demo", "gpu", "Connected"),
            Reading.of(Metric.SESSIONS, 1, "ns", "demo", "cpu", "Pending"),
            Reading.of(Metric.SESSIONS, 1, "ns", "", "", "Pending"));
  }

  @Test
  void each_class_has_a_line_and_a_longest_wait_if_nobody_waits_too() {
    cluster.watch(with(session("one"), times("10", null, null, null), ready(SessionReason.Queued)));
    cluster.watch(with(session("two"), times("25", null, null, null), ready(SessionReason.Queued)));
    cluster.watch(with(session("three"), REQUESTED, ready(SessionReason.Waiting)));
    assertThat(readings(Metric.QUEUE_LENGTH))
        .containsExactlyInAnyOrder(
            Reading.of(Metric.QUEUE_LENGTH, 2, "gpu"), Reading.of(Metric.QUEUE_LENGTH, 0, "cpu"));
    assertThat(readings(Metric.QUEUE_LONGEST))
        .containsExactlyInAnyOrder(
            Reading.of(Metric.QUEUE_LONGEST, 20, "gpu"),
            Reading.of(Metric.QUEUE_LONGEST, 0, "cpu"));
  }

  @Test
  void the_pools_of_an_apps_revisions_are_counted_together() {
    assertThat(readings(Metric.WARM_PODS))
        .containsExactlyInAnyOrder(
            Reading.of(Metric.WARM_PODS, 2, "ns", "demo", "gpu", "ready"),
            Reading.of(Metric.WARM_PODS, 2, "ns", "demo", "gpu", "starting"),
            Reading.of(Metric.WARM_PODS, 0, "ns", "demo", "gpu", "stuck"));
    assertThat(readings(Metric.WARM_PODS_WANTED))
        .containsExactly(Reading.of(Metric.WARM_PODS_WANTED, 3, "ns", "demo", "gpu"));
  }

  @Test
  void a_rollout_that_is_done_is_not_told_of() {
    assertThat(readings(Metric.ROLLOUTS)).isEmpty();
    report(RolloutReason.RolledBack);
    assertThat(readings(Metric.ROLLOUTS))
        .containsExactly(Reading.of(Metric.ROLLOUTS, 1, "ns", "demo", "RolledBack"));
  }

  private void report(RolloutReason reason) {
    var status = cluster.app.getStatus();
    var complete = Conditions.isFalse(ConditionType.ROLLOUT_COMPLETE, reason, "");
    cluster.app.setStatus(
        new StreamingAppStatus(List.of(complete), status.url(), status.revisions(), null));
  }
}
