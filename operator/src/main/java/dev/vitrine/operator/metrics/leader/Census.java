package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.metrics.Reading;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.PoolCount;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what there is now. Looks at every session once. */
final class Census {

  private final Stores stores;
  private final Supplier<Map<Pool, PoolCount>> pools;
  private final SessionLabels labels;
  private final InstantSource clock;

  Census(Stores stores, Supplier<Map<Pool, PoolCount>> pools, InstantSource clock) {
    this.stores = stores;
    this.pools = pools;
    this.clock = clock;
    labels = new SessionLabels(stores);
  }

  List<Reading> readings() {
    var readings = new ArrayList<Reading>();
    readings.addAll(sessions());
    readings.addAll(pools());
    stores.apps().values().flatMap(app -> rollout(app).stream()).forEach(readings::add);
    return readings;
  }

  private List<Reading> sessions() {
    var counts = new HashMap<List<String>, Integer>();
    var lines = new HashMap<String, Integer>();
    var eldest = new HashMap<String, Instant>();
    stores
        .classes()
        .values()
        .forEach(streamClass -> lines.put(streamClass.getMetadata().getName(), 0));
    stores
        .sessions()
        .values()
        .filter(session -> !session.triesRevision())
        .forEach(
            session -> {
              var streamClass = labels.className(session);
              var state = SessionLabels.state(session);
              counts.merge(place(session, streamClass, state), 1, Integer::sum);
              if (state.equals(SessionReason.Queued.name()) && lines.containsKey(streamClass)) {
                lines.merge(streamClass, 1, Integer::sum);
                SessionTimes.of(session)
                    .requested()
                    .ifPresent(since -> eldest.merge(streamClass, since, Census::earlier));
              }
            });
    var readings = new ArrayList<Reading>();
    counts.forEach((place, count) -> readings.add(new Reading(Metric.SESSIONS, place, count)));
    lines.forEach(
        (streamClass, length) -> {
          readings.add(Reading.of(Metric.QUEUE_LENGTH, length, streamClass));
          var since = Optional.ofNullable(eldest.get(streamClass));
          readings.add(Reading.of(Metric.QUEUE_LONGEST, secondsSince(since), streamClass));
        });
    return readings;
  }

  private List<String> place(StreamSession session, String streamClass, String state) {
    var app = labels.app(session).map(known -> known.getMetadata().getName());
    return List.of(
        session.getMetadata().getNamespace(), app.orElse(SessionLabels.NONE), streamClass, state);
  }

  private double secondsSince(Optional<Instant> since) {
    return since.map(from -> SessionTimes.seconds(from, clock.instant())).orElse(0.0);
  }

  /** Revisions of an app together. */
  private List<Reading> pools() {
    var counts = new HashMap<List<String>, PoolCount>();
    pools
        .get()
        .forEach(
            (pool, count) ->
                counts.merge(
                    List.of(pool.app().namespace(), pool.app().name(), pool.streamClass()),
                    count,
                    PoolCount::and));
    var readings = new ArrayList<Reading>();
    counts.forEach(
        (pool, count) -> {
          readings.add(new Reading(Metric.WARM_PODS_WANTED, pool, count.wanted()));
          Map.of("ready", count.ready(), "starting", count.starting(), "stuck", count.stuck())
              .forEach((state, pods) -> readings.add(warmPods(pool, state, pods)));
        });
    return readings;
  }

  private static Reading warmPods(List<String> pool, String state, int pods) {
    var place = new ArrayList<>(pool);
    place.add(state);
    return new Reading(Metric.WARM_PODS, place, pods);
  }

  private static Optional<Reading> rollout(StreamingApp app) {
    return Optional.ofNullable(app.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.ROLLOUT_COMPLETE))
        .filter(complete -> !complete.getStatus().equals("True"))
        .map(Condition::getReason)
        .map(
            reason ->
                Reading.of(
                    Metric.ROLLOUTS,
                    1,
                    app.getMetadata().getNamespace(),
                    app.getMetadata().getName(),
                    reason));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
