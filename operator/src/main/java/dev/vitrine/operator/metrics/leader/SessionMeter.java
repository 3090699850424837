package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.leader.SessionLabels.COLD;
import static dev.vitrine.operator.metrics.leader.SessionLabels.WARM;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.prometheus.client.Collector;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Counts what happens to sessions, and how long it took, while this controller leads. */
final class SessionMeter {

  private static final List<String> STARTS = List.of(WARM, COLD);

  private final Histogram stages = Metric.SESSION_STAGE.histogram();
  private final Histogram assigned = Metric.SESSION_ASSIGNED.histogram();
  private final Histogram firstFrames = Metric.SESSION_FIRST_FRAME.histogram();
  private final Counter starts = Metric.SESSIONS_ASSIGNED.counter();
  private final Counter ends = Metric.SESSIONS_ENDED.counter();
  private final Counter outcomes = Metric.APP_SESSIONS_ENDED.counter();

  private final Stores stores;
  private final Function<String, List<Pod>> podsOf;
  private final SessionLabels labels;
  private final StepWatch steps = new StepWatch();
  private volatile boolean leads;

  /**
   * @param podsOf the pods of a session, by its UID: as the API server answered, because the watch
   *     may tell of a session's pod after the session
   */
  SessionMeter(Stores stores, Function<String, List<Pod>> podsOf) {
    this.stores = stores;
    this.podsOf = podsOf;
    labels = new SessionLabels(stores);
    stores.sessions().listen(this::sessionChanged);
    stores.apps().listen(this::appChanged);
    stores.classes().listen((_, after) -> after.ifPresent(this::expect));
  }

  List<Collector> collectors() {
    return List.of(stages, assigned, firstFrames, starts, ends, outcomes);
  }

  /** From now on what is new counts. */
  void lead() {
    stores.apps().values().forEach(this::expect);
    stores.classes().values().forEach(this::expect);
    leads = true;
  }

  private void sessionChanged(Optional<StreamSession> before, Optional<StreamSession> after) {
    before
        .filter(was -> after.filter(is -> uid(is).equals(uid(was))).isEmpty())
        .ifPresent(this::gone);
    after.ifPresent(this::seen);
  }

  private void gone(StreamSession session) {
    steps.forget(session);
    if (counts(session) && !session.hasEnded()) {
      ended(session, EndReason.ClosedByApi);
    }
  }

  private void seen(StreamSession session) {
    var news = steps.news(session);
    if (!counts(session)) {
      return;
    }
    for (var step : news) {
      switch (step) {
        case ASSIGNED -> pod(session).ifPresent(pod -> assigned(session, pod));
        case CONNECTED -> pod(session).ifPresent(pod -> connected(session, pod));
        case FIRST_FRAME -> pod(session).ifPresent(pod -> firstFrame(session, pod));
        case ENDED -> endReason(session).ifPresent(reason -> ended(session, reason));
      }
    }
  }

  private boolean counts(StreamSession session) {
    return leads && !session.triesRevision();
  }

  /** What a session's beginning is made of, one after the other. */
  private enum Stage {
    LINE,
    START,
    CONNECT,
    PICTURE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private void assigned(StreamSession session, PodFacts pod) {
    var times = SessionTimes.of(session);
    stage(session, pod, Stage.LINE, times.requested(), Optional.of(pod.grantedAt()));
    stage(session, pod, Stage.START, Optional.of(pod.grantedAt()), times.assigned());
    observe(assigned, session, pod, times.requested(), times.assigned());
    labels
        .app(session)
        .ifPresent(app -> starts.labels(namespace(app), name(app), startOf(pod)).inc());
  }

  private void connected(StreamSession session, PodFacts pod) {
    var times = SessionTimes.of(session);
    stage(session, pod, Stage.CONNECT, times.assigned(), times.connected());
  }

  private void firstFrame(StreamSession session, PodFacts pod) {
    var times = SessionTimes.of(session);
    stage(session, pod, Stage.PICTURE, times.connected(), times.firstFrame());
    observe(firstFrames, session, pod, times.requested(), times.firstFrame());
  }

  private void ended(StreamSession session, EndReason reason) {
    var served = SessionTimes.of(session).assigned().isPresent();
    ends.labels(labels.className(session), reason.name(), yesOrNo(served)).inc();
    labels
        .app(session)
        .ifPresent(
            app ->
                outcomes
                    .labels(namespace(app), name(app), Outcome.of(reason, served).word())
                    .inc());
  }

  private void stage(
      StreamSession session,
      PodFacts pod,
      Stage stage,
      Optional<Instant> from,
      Optional<Instant> to) {
    if (from.isPresent() && to.isPresent()) {
      stages
          .labels(stage.word(), labels.className(session), startOf(pod))
          .observe(SessionTimes.seconds(from.get(), to.get()));
    }
  }

  private void observe(
      Histogram histogram,
      StreamSession session,
      PodFacts pod,
      Optional<Instant> from,
      Optional<Instant> to) {
    if (from.isPresent() && to.isPresent()) {
      histogram
          .labels(labels.className(session), startOf(pod))
          .observe(SessionTimes.seconds(from.get(), to.get()));
    }
  }

  private Optional<PodFacts> pod(StreamSession session) {
    return podsOf.apply(uid(session)).stream().findFirst().map(PodFacts::new);
  }

  private void appChanged(Optional<StreamingApp> before, Optional<StreamingApp> after) {
    if (after.isEmpty()) {
      before.ifPresent(this::forget);
    } else if (leads) {
      after.ifPresent(this::expect);
    }
  }

  /** A counter that is not there before it counts its first one seems to have counted nothing. */
  private void expect(StreamingApp app) {
    for (var start : STARTS) {
      starts.labels(namespace(app), name(app), start);
    }
    for (var outcome : Outcome.values()) {
      outcomes.labels(namespace(app), name(app), outcome.word());
    }
  }

  private void expect(StreamClass streamClass) {
    for (var reason : EndReason.values()) {
      for (var served : List.of(true, false)) {
        ends.labels(streamClass.getMetadata().getName(), reason.name(), yesOrNo(served));
      }
    }
    for (var start : STARTS) {
      assigned.labels(streamClass.getMetadata().getName(), start);
      firstFrames.labels(streamClass.getMetadata().getName(), start);
      for (var stage : Stage.values()) {
        stages.labels(stage.word(), streamClass.getMetadata().getName(), start);
      }
    }
  }

  private void forget(StreamingApp app) {
    for (var start : STARTS) {
      starts.remove(namespace(app), name(app), start);
    }
    Arrays.stream(Outcome.values())
        .forEach(outcome -> outcomes.remove(namespace(app), name(app), outcome.word()));
  }

  private static Optional<EndReason> endReason(StreamSession session) {
    return Conditions.find(session.getStatus().conditions(), ConditionType.ENDED)
        .map(Condition::getReason)
        .flatMap(
            reason ->
                Arrays.stream(EndReason.values())
                    .filter(known -> known.name().equals(reason))
                    .findFirst());
  }

  private static String startOf(PodFacts pod) {
    var annotations = pod.pod().getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(PodLabels.CLAIMED_AT) ? WARM : COLD;
  }

  private static String yesOrNo(boolean yes) {
    return yes ? "yes" : "no";
  }

  private static String uid(StreamSession session) {
    return session.getMetadata().getUid();
  }

  private static String namespace(StreamingApp app) {
    return app.getMetadata().getNamespace();
  }

  private static String name(StreamingApp app) {
    return app.getMetadata().getName();
  }
}
