package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.Metric.Part.GATEWAY;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.operator.metrics.Label;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a controller that leads exports, of sessions on a real API server. */
class LeaderMetricsIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    stand.createClass("{resources: {gpu: {count: 2}}}");
  }

  @AfterEach
  void stopController() {
    stand.close();
  }

  private void serveIdle(Pod pod) {
    stand.kubelet.bind(pod, "node");
    stand.kubelet.ready(pod, "127.0.0.1");
    await("a warm pod")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                value(Metric.WARM_PODS, "", stand.namespace, "demo", stand.namespace, "ready")
                    == 1);
  }

  private void connect(String session) {
    stand.awaitReady(session, "True", "Waiting");
    var now = Instant.now();
    stand.report(
        session,
        "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"%s\",\"firstFrameAt\":\"%s\"}"
            .formatted(now, now.plusMillis(80)));
    stand.awaitReady(session, "True", "Connected");
  }

  /** NaN: there is no such series. */
  private double value(Metric metric, String end, String... labels) {
    var value =
        stand
            .metrics()
            .getSampleValue(
                metric.word() + end,
                metric.labels().stream().map(Label::word).toArray(String[]::new),
                labels);
    return value == null ? Double.NaN : value;
  }

  /** The labels of each of our metrics that is exported, without a histogram's bounds. */
  private Map<String, Set<String>> exported() {
    return Collections.list(stand.metrics().metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> !sample.name.endsWith("_created"))
        .collect(
            toMap(
                sample -> sample.name.replaceFirst("_(bucket|sum|count)$", ""),
                LeaderMetricsIT::labels,
                LeaderMetricsIT::same));
  }

  private static Set<String> labels(Sample sample) {
    return sample.labelNames.stream()
        .filter(name -> !name.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> same(Set<String> one, Set<String> other) {
    assertThat(one).isEqualTo(other);
    return one;
  }

  @Test
  void after_a_sessions_life_it_exports_what_the_list_says_and_nothing_else() {
    serveIdle(stand.awaitIdlePods(1).getFirst());
    stand.createSession("one");
    connect("one");
    // An app whose first revision is being tried: its rollout is not finished.
    stand
        .client
        .resource(
            """
            apiVersion: vitrine.dev/v1alpha1
            kind: StreamingApp
            metadata: {name: tried}
            spec: {classes: [%s]}
            """
                .formatted(stand.namespace))
        .inNamespace(stand.namespace)
        .create();
    await("the trial")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                value(Metric.ROLLOUTS, "", stand.namespace, "tried", "Verifying") == 1
                    || value(Metric.ROLLOUTS, "", stand.namespace, "tried", "WaitingForCapacity")
                        == 1);

    assertThat(exported())
        .isEqualTo(
            Arrays.stream(Metric.values())
                .filter(metric -> metric.part() != GATEWAY)
                .collect(
                    toMap(
                        Metric::word,
                        metric ->
                            metric.labels().stream()
                                .map(Label::word)
                                .collect(Collectors.toCollection(TreeSet::new)))));
    var name = stand.namespace;
    assertThat(value(Metric.LEADS, "")).isEqualTo(1);
    assertThat(value(Metric.SESSIONS, "", name, "demo", name, "Connected")).isEqualTo(1);
    assertThat(value(Metric.SESSIONS_ASSIGNED, "", name, "demo", "warm")).isEqualTo(1);
    assertThat(value(Metric.SESSIONS_ASSIGNED, "", name, "demo", "cold")).isZero();
    for (var stage : List.of("line", "start", "connect", "picture")) {
      assertThat(value(Metric.SESSION_STAGE, "_count", stage, name, "warm")).as(stage).isEqualTo(1);
    }
    assertThat(value(Metric.SESSION_ASSIGNED, "_count", name, "warm")).isEqualTo(1);
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_count", name, "warm")).isEqualTo(1);
    assertThat(value(Metric.QUEUE_LENGTH, "", name)).isZero();
    assertThat(value(Metric.WARM_PODS_WANTED, "", name, "demo", name)).isZero();
    var gpu = new String[] {name, "demo", name, "nvidia.com/gpu", "session"};
    var before = value(Metric.GPU_SECONDS, "", gpu);
    await("the GPU's time to grow while the session goes on")
        .atMost(ControllerStand.LIMIT)
        .until(() -> value(Metric.GPU_SECONDS, "", gpu) > before);
  }

  @Test
  void another_leader_counts_what_is_new_and_nothing_again() {
    var pod = stand.awaitIdlePods(1).getFirst();
    serveIdle(pod);
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.restartController();
    await("the new leader to count")
        .atMost(ControllerStand.LIMIT)
        .until(() -> value(Metric.LEADS, "") == 1);
    connect("one");
    stand.kubelet.ended(pod, 0, "{\"reason\":\"IdleTimeout\",\"message\":\"Nobody moved\"}");
    stand.awaitCondition("one", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    await("the end to count")
        .atMost(ControllerStand.LIMIT)
        .until(() -> value(Metric.SESSIONS_ENDED, "", stand.namespace, "IdleTimeout", "yes") == 1);
    assertThat(value(Metric.SESSION_ASSIGNED, "_count", stand.namespace, "warm")).isZero();
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_count", stand.namespace, "warm")).isEqualTo(1);
    assertThat(value(Metric.APP_SESSIONS_ENDED, "", stand.namespace, "demo", "served"))
        .isEqualTo(1);
  }

  @Test
  void a_session_that_waits_is_in_line() {
    serveIdle(stand.awaitIdlePods(1).getFirst());
    stand.createClass("{maxPendingPods: 1}");
    stand.createSession("one");
    stand.createSession("two");
    stand.createSession("three");
    await("the line")
        .atMost(ControllerStand.LIMIT)
        .until(() -> value(Metric.QUEUE_LENGTH, "", stand.namespace) == 1);
    assertThat(value(Metric.QUEUE_LONGEST, "", stand.namespace)).isPositive();
  }
}
