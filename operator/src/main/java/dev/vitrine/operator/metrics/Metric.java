package dev.vitrine.operator.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.List;

/** Every metric of Vitrine's own. {@code docs/metrics.md} is written from this list. */
public enum Metric {
  LEADS(
      Part.CONTROLLER,
      Collector.Type.GAUGE,
      "vitrine_controller_leads",
      "Whether this controller leads: 1 or 0."),

  SESSION_STAGE(
      Part.LEADER,
      Collector.Type.HISTOGRAM,
      "vitrine_session_stage_seconds",
      "How long each stage of a session's beginning took.",
      Label.STAGE,
      Label.CLASS,
      Label.START),
  SESSION_ASSIGNED(
      Part.LEADER,
      Collector.Type.HISTOGRAM,
      "vitrine_session_assigned_seconds",
      "From the request to the moment that a pod accepted the session.",
      Label.CLASS,
      Label.START),
  SESSION_FIRST_FRAME(
      Part.LEADER,
      Collector.Type.HISTOGRAM,
      "vitrine_session_first_frame_seconds",
      "From the request to the first picture, however long nobody opened the page.",
      Label.CLASS,
      Label.START),
  SESSIONS(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_sessions",
      "Sessions that there are, ended ones included while they are kept.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.CLASS,
      Label.STATE),
  SESSIONS_ASSIGNED(
      Part.LEADER,
      Collector.Type.COUNTER,
      "vitrine_sessions_assigned_total",
      "Sessions that a pod accepted: `warm` ones are the hits of the pool, `cold` ones its misses.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.START),
  SESSIONS_ENDED(
      Part.LEADER,
      Collector.Type.COUNTER,
      "vitrine_sessions_ended_total",
      "Sessions that ended, by reason; deleted ones count as `ClosedByApi`.",
      Label.CLASS,
      Label.REASON,
      Label.SERVED),
  APP_SESSIONS_ENDED(
      Part.LEADER,
      Collector.Type.COUNTER,
      "vitrine_app_sessions_ended_total",
      "Sessions that ended, by app.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.OUTCOME),
  QUEUE_LENGTH(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_queue_length",
      "Sessions that stand in line.",
      Label.CLASS),
  QUEUE_LONGEST(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_queue_longest_wait_seconds",
      "How long the one that has stood in line for longest has; 0 without a line.",
      Label.CLASS),
  WARM_PODS(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_warm_pods",
      "Idle pods that wait for a session.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.CLASS,
      Label.POD_STATE),
  WARM_PODS_WANTED(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_warm_pods_wanted",
      "Idle pods that there should be now.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.CLASS),
  GPU_SECONDS(
      Part.LEADER,
      Collector.Type.COUNTER,
      "vitrine_gpu_seconds_total",
      "Seconds for which pods held devices, times the devices: grows while they run. A class"
          + " without a GPU counts nothing.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.CLASS,
      Label.RESOURCE,
      Label.USE),
  ROLLOUTS(
      Part.LEADER,
      Collector.Type.GAUGE,
      "vitrine_rollout_unfinished",
      "1 for each app whose rollout is under way or failed.",
      Label.APP_NAMESPACE,
      Label.APP,
      Label.ROLLOUT),

  SIGNAL_SETUP(
      Part.GATEWAY,
      Collector.Type.HISTOGRAM,
      "vitrine_signal_setup_seconds",
      "From the browser's socket to the pod's, or to the refusal.",
      Label.SETUP),
  SIGNAL_SOCKETS(
      Part.GATEWAY,
      Collector.Type.GAUGE,
      "vitrine_signal_sockets",
      "Browsers' signalling sockets that are open."),
  REPORTS(
      Part.GATEWAY,
      Collector.Type.COUNTER,
      "vitrine_reports_total",
      "Reports of runtimes.",
      Label.REPORT),
  WAITING_PAGES(
      Part.GATEWAY,
      Collector.Type.GAUGE,
      "vitrine_waiting_pages",
      "Sessions in line whose place somebody asked this gateway for in the last 10 seconds: their"
          + " pages, as a rule.");

  /** Who has a metric. */
  public enum Part {
    /** Each controller. */
    CONTROLLER,
    /** The controller that leads, and no other one. */
    LEADER,
    /** Each gateway, of what it did itself. */
    GATEWAY
  }

  /**
   * Upper bounds in seconds. Those of the project's own bars are among them: 15 and 50 ms for a
   * claim, 600 ms for the first picture.
   */
  private static final double[] BUCKETS = {
    0.005, 0.015, 0.05, 0.1, 0.25, 0.6, 1, 2.5, 5, 10, 30, 60, 120, 300, 900
  };

  private final Part part;
  private final Collector.Type type;
  private final String word;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that nobody changes
  private final List<Label> labels;

  Metric(Part part, Collector.Type type, String word, String meaning, Label... labels) {
    this.part = part;
    this.type = type;
    this.word = word;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  public Part part() {
    return part;
  }

  public Collector.Type type() {
    return type;
  }

  /**
   * Its name, with its unit. A histogram's series end in {@code _bucket}, {@code _sum}, {@code
   * _count}.
   */
  public String word() {
    return word;
  }

  /** What it says: a sentence in Markdown. */
  public String meaning() {
    return meaning;
  }

  public List<Label> labels() {
    return labels;
  }

  /** A counter of its own, in no registry yet. */
  public Counter counter() {
    return Counter.build(word, meaning).labelNames(labelWords()).create();
  }

  /** A gauge that is set, in no registry yet. */
  public Gauge gauge() {
    return Gauge.build(word, meaning).labelNames(labelWords()).create();
  }

  /** A histogram of its own, in no registry yet. */
  public Histogram histogram() {
    return Histogram.build(word, meaning).labelNames(labelWords()).buckets(BUCKETS).create();
  }

  private String[] labelWords() {
    return labels.stream().map(Label::word).toArray(String[]::new);
  }
}
