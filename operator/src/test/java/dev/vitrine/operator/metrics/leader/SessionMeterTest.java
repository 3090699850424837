package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.leader.Cluster.REQUESTED;
import static dev.vitrine.operator.metrics.leader.Cluster.claimed;
import static dev.vitrine.operator.metrics.leader.Cluster.ended;
import static dev.vitrine.operator.metrics.leader.Cluster.pod;
import static dev.vitrine.operator.metrics.leader.Cluster.session;
import static dev.vitrine.operator.metrics.leader.Cluster.times;
import static dev.vitrine.operator.metrics.leader.Cluster.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.metrics.Label;
import dev.vitrine.operator.metrics.Metric;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionMeterTest {

  private static final Offset<Double> EXACT = offset(1e-9);
  private static final Timeline SERVED = times("00", "00.012", "00.5", "00.58");
  private static final Pod WARM = claimed(pod("pod", "gpu").build(), "00.010");

  private final Cluster cluster = new Cluster();
  private final CollectorRegistry exported = new CollectorRegistry();
  private Pod pod = WARM;
  private final SessionMeter meter =
      new SessionMeter(cluster.stores, uid -> uid.equals("one-uid") ? List.of(pod) : List.of());

  @BeforeEach
  void export() {
    meter.collectors().forEach(exported::register);
  }

  private double value(Metric metric, String series, String... labels) {
    var value =
        exported.getSampleValue(
            metric.word() + series,
            metric.labels().stream().map(Label::word).toArray(String[]::new),
            labels);
    assertThat(value).as("%s%s%s", metric, series, List.of(labels)).isNotNull();
    return value;
  }

  private double stage(String series, String stage, String start) {
    return value(Metric.SESSION_STAGE, series, stage, "gpu", start);
  }

  private double ends(String streamClass, String reason, String served) {
    return value(Metric.SESSIONS_ENDED, "", streamClass, reason, served);
  }

  private double outcomes(String outcome) {
    return value(Metric.APP_SESSIONS_ENDED, "", "ns", "demo", outcome);
  }

  private double starts(String start) {
    return value(Metric.SESSIONS_ASSIGNED, "", "ns", "demo", start);
  }

  @Test
  void each_stage_is_told_from_the_timeline_once_however_often_it_comes() {
    meter.lead();
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, times("00", "00.012", null, null)));
    cluster.watch(with(one, times("00", "00.012", null, null)));
    cluster.watch(with(one, times("00", "00.012", "00.5", null)));
    cluster.watch(with(one, SERVED));
    cluster.watch(with(one, times("00", "00.012", null, null))); // late
    cluster.watch(with(one, SERVED));

    assertThat(stage("_sum", "line", "warm")).isCloseTo(0.010, EXACT);
    assertThat(stage("_sum", "start", "warm")).isCloseTo(0.002, EXACT);
    assertThat(stage("_sum", "connect", "warm")).isCloseTo(0.488, EXACT);
    assertThat(stage("_sum", "picture", "warm")).isCloseTo(0.080, EXACT);
    for (var stage : List.of("line", "start", "connect", "picture")) {
      assertThat(stage("_count", stage, "warm")).isEqualTo(1);
      assertThat(stage("_count", stage, "cold")).isZero();
    }
    assertThat(value(Metric.SESSION_ASSIGNED, "_sum", "gpu", "warm")).isCloseTo(0.012, EXACT);
    assertThat(value(Metric.SESSION_ASSIGNED, "_count", "gpu", "warm")).isEqualTo(1);
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_sum", "gpu", "warm")).isCloseTo(0.58, EXACT);
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_count", "gpu", "warm")).isEqualTo(1);
    assertThat(starts("warm")).isEqualTo(1);
    assertThat(starts("cold")).isZero();
  }

  @Test
  void a_pod_that_was_made_for_the_session_is_a_cold_start() {
    meter.lead();
    pod = pod("pod", "gpu").build(); // made at second 00
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, times("00.4", "03", null, null)));
    assertThat(starts("cold")).isEqualTo(1);
    assertThat(stage("_sum", "line", "cold")).as("made in the same second").isZero();
    assertThat(stage("_sum", "start", "cold")).isCloseTo(3, EXACT);
    assertThat(value(Metric.SESSION_ASSIGNED, "_sum", "gpu", "cold")).isCloseTo(2.6, EXACT);
  }

  @Test
  void a_runtime_whose_clock_is_behind_takes_no_time_away() {
    meter.lead();
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, times("10", "11", "03", "04")));
    assertThat(stage("_sum", "connect", "warm")).isZero();
    assertThat(stage("_count", "connect", "warm")).isEqualTo(1);
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_sum", "gpu", "warm")).isZero();
  }

  @Test
  void what_was_so_when_it_began_to_lead_is_not_counted_again() {
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, times("00", "00.012", null, null)));
    cluster.watch(with(session("two"), SERVED, ended(EndReason.IdleTimeout)));
    meter.lead();
    cluster.watch(with(one, SERVED));
    cluster.watch(with(session("two"), SERVED, ended(EndReason.IdleTimeout)));
    cluster.watchGone(with(session("two"), SERVED, ended(EndReason.IdleTimeout)));
    assertThat(starts("warm")).isZero();
    assertThat(stage("_count", "start", "warm")).isZero();
    assertThat(stage("_count", "picture", "warm")).isEqualTo(1);
    assertThat(ends("gpu", "IdleTimeout", "yes")).isZero();
  }

  @Test
  void an_end_counts_once_with_its_reason_and_what_came_of_the_session() {
    meter.lead();
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, SERVED));
    cluster.watch(with(one, SERVED, ended(EndReason.IdleTimeout)));
    cluster.watchGone(with(one, SERVED, ended(EndReason.IdleTimeout)));
    var two = session("two");
    cluster.watch(two);
    cluster.watch(with(two, REQUESTED, ended(EndReason.StartTimeout)));
    var three = session("three");
    cluster.watch(three);
    cluster.watch(with(three, REQUESTED, ended(EndReason.QueueTimeout)));
    assertThat(ends("gpu", "IdleTimeout", "yes")).isEqualTo(1);
    assertThat(ends("gpu", "IdleTimeout", "no")).isZero();
    assertThat(ends("gpu", "StartTimeout", "no")).isEqualTo(1);
    assertThat(ends("gpu", "QueueTimeout", "no")).isEqualTo(1);
    assertThat(outcomes("served")).isEqualTo(1);
    assertThat(outcomes("failed")).isEqualTo(1);
    assertThat(outcomes("unserved")).isEqualTo(1);
  }

  @Test
  void a_session_that_is_deleted_ended_too() {
    meter.lead();
    cluster.watch(session("one"));
    cluster.watchGone(session("one"));
    assertThat(ends("gpu", "ClosedByApi", "no")).isEqualTo(1);
    assertThat(outcomes("unserved")).isEqualTo(1);
  }

  @Test
  void another_session_of_the_same_name_is_another_one() {
    meter.lead();
    var one = session("one");
    cluster.watch(one);
    cluster.watch(with(one, SERVED));
    var next = session("one");
    next.getMetadata().setUid("next-uid");
    cluster.watch(next);
    cluster.watch(with(next, REQUESTED, ended(EndReason.QueueTimeout)));
    assertThat(ends("gpu", "ClosedByApi", "yes")).isEqualTo(1);
    assertThat(ends("gpu", "QueueTimeout", "no")).isEqualTo(1);
  }

  @Test
  void what_users_make_up_makes_no_series() {
    meter.lead();
    for (var i = 0; i < 50; i++) {
      var made = session("one", "app-" + i, "class-" + i);
      cluster.watch(made);
      cluster.watch(with(made, REQUESTED, ended(EndReason.Rejected)));
      cluster.watchGone(made);
    }
    assertThat(ends("", "Rejected", "no")).isEqualTo(50);
    assertThat(Collections.list(exported.metricFamilySamples()))
        .flatExtracting(family -> family.samples)
        .flatExtracting(sample -> sample.labelValues)
        .noneMatch(label -> label.contains("-1") || label.equals("ann"));
  }

  @Test
  void a_trial_of_a_revision_is_nobodys_session() {
    meter.lead();
    var trial = session("one");
    trial.getMetadata().setLabels(Map.of(Labels.VERIFIES, "demo-1"));
    var revision =
        new OwnerReferenceBuilder()
            .withKind("StreamingAppRevision")
            .withName("demo-1")
            .withController(true)
            .build();
    trial.getMetadata().setOwnerReferences(List.of(revision));
    cluster.watch(trial);
    cluster.watch(with(trial, SERVED));
    cluster.watch(with(trial, SERVED, ended(EndReason.AppFailed)));
    assertThat(starts("warm")).isZero();
    assertThat(ends("gpu", "AppFailed", "yes")).isZero();
  }

  @Test
  void who_calls_its_session_a_trial_is_counted_all_the_same() {
    meter.lead();
    var one = session("one");
    one.getMetadata().setLabels(Map.of(Labels.VERIFIES, "demo-1"));
    cluster.watch(one);
    cluster.watch(with(one, SERVED));
    assertThat(starts("warm")).isEqualTo(1);
  }

  @Test
  void series_are_there_before_they_count_and_go_with_their_app() {
    meter.lead();
    cluster.add("new", null);
    assertThat(ends("new", "AppFailed", "no")).isZero();
    assertThat(value(Metric.SESSION_FIRST_FRAME, "_count", "new", "cold")).isZero();
    assertThat(outcomes("failed")).isZero();
    cluster.stores.apps().remove("ns/demo");
    assertThat(
            exported.getSampleValue(
                Metric.SESSIONS_ASSIGNED.word(),
                new String[] {"app_namespace", "app", "start"},
                new String[] {"ns", "demo", "warm"}))
        .isNull();
  }
}
