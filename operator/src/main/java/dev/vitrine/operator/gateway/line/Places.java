package dev.vitrine.operator.gateway.line;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.queue.Line;
import dev.vitrine.operator.queue.Pace;
import dev.vitrine.operator.queue.Waiting;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out the places of all who wait, in the controller's order, out of what is watched. */
public final class Places {

  /** One class: who waits for it, who has pods of it, when it gave some, by what had room. */
  private static final class Counter {
    final List<Waiting> waiting = new ArrayList<>();
    final Map<Bound, List<Instant>> given = new HashMap<>();
    final Map<String, Integer> heldByNamespace = new HashMap<>();
    final Map<Held.User, Integer> heldByUser = new HashMap<>();
  }

  private final BiFunction<String, String, Optional<StreamingApp>> apps;
  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, StreamSession> sessions = new HashMap<>();
  private final Set<String> served = new HashSet<>();

  /** Pods within an app's limits, on whatever class. */
  private final Map<Bound, Integer> held = new HashMap<>();

  private Places(BiFunction<String, String, Optional<StreamingApp>> apps) {
    this.apps = apps;
  }

  /**
   * The places of all classes.
   *
   * @param pods those of sessions
   * @param apps finds an app by its namespace and name
   * @param given the pods that sessions got, those included that are gone by now
   * @return by the UIDs of the sessions that stand in line
   */
  public static Map<String, Place> of(
      List<StreamSession> sessions,
      List<Pod> pods,
      BiFunction<String, String, Optional<StreamingApp>> apps,
      GivenPods given,
      Instant now) {
    var places = new Places(apps);
    pods.forEach(pod -> owners(pod).forEach(places.served::add));
    sessions.forEach(places::enter);
    pods.forEach(places::enter);
    given.recent().forEach(places::enter);
    return places.inOrder(now);
  }

  /** Whether a session stands in line, as far as the controller has said. */
  static boolean isQueued(StreamSession session) {
    return session.getMetadata().getDeletionTimestamp() == null
        && !session.hasEnded()
        && Conditions.find(status(session).conditions(), ConditionType.READY)
            .filter(ready -> ready.getReason().equals(SessionReason.Queued.name()))
            .isPresent();
  }

  private void enter(StreamSession session) {
    var uid = session.getMetadata().getUid();
    sessions.put(uid, session);
    // Who has got a pod a moment ago may not have been told so far.
    if (isQueued(session) && !served.contains(uid)) {
      classOf(appOf(session), session.getSpec().className())
          .ifPresent(streamClass -> counter(streamClass).waiting.add(waiting(session)));
    }
  }

  private void enter(Pod pod) {
    var facts = new PodFacts(pod);
    var labels = pod.getMetadata().getLabels();
    var streamClass = labels.get(PodLabels.CLASS);
    if (streamClass == null || facts.isOver() || facts.isDeleted()) {
      return;
    }
    var namespace = pod.getMetadata().getNamespace();
    var session = owners(pod).map(sessions::get).filter(Objects::nonNull).findFirst();
    var user = session.map(Places::userOf).orElse("");
    var counter = counter(streamClass);
    counter.heldByNamespace.merge(namespace, 1, Integer::sum);
    counter.heldByUser.merge(new Held.User(namespace, user), 1, Integer::sum);
    var app = labels.get(PodLabels.APP);
    if (app != null && session.filter(StreamSession::triesRevision).isEmpty()) {
      bounds(new Key(namespace, app), user).forEach(bound -> held.merge(bound, 1, Integer::sum));
    }
  }

  private void enter(GivenPods.Given pod) {
    classOf(pod.app(), pod.streamClass())
        .map(streamClass -> counter(streamClass).given)
        .ifPresent(
            given ->
                Stream.concat(Stream.of(new Bound.House()), bounds(pod.app(), pod.user()))
                    .forEach(
                        bound ->
                            given.computeIfAbsent(bound, _ -> new ArrayList<>()).add(pod.at())));
  }

  private Map<String, Place> inOrder(Instant now) {
    var places = new HashMap<String, Place>();
    for (var counter : counters.values()) {
      var line = Line.order(counter.waiting, new Held(counter.heldByNamespace, counter.heldByUser));
      var turns = new HashMap<Bound, Integer>();
      for (var number = 1; number <= line.size(); number++) {
        var uid = line.get(number - 1).uid();
        var bound = boundOf(Objects.requireNonNull(sessions.get(uid)));
        // Whom something else holds up takes nobody's turn.
        var turn = turns.merge(bound, 1, Integer::sum);
        var given = counter.given.getOrDefault(bound, List.of());
        places.put(uid, new Place(number, line.size(), wait(Pace.measured(given, now), turn)));
      }
    }
    return places;
  }

  /** As the controller decides it. */
  private Bound boundOf(StreamSession session) {
    var app = appOf(session);
    var limits = apps.apply(app.namespace(), app.name()).map(it -> it.getSpec().limits());
    if (limits.isEmpty() || session.triesRevision()) {
      return new Bound.House();
    }
    Bound ofApp = new Bound.App(app);
    Bound ofUser = new Bound.User(app, userOf(session));
    if (isReached(limits.get().sessions(), ofApp)) {
      return ofApp;
    }
    return !userOf(session).isEmpty() && isReached(limits.get().sessionsPerUser(), ofUser)
        ? ofUser
        : new Bound.House();
  }

  private boolean isReached(@Nullable Integer limit, Bound bound) {
    return limit != null && held.getOrDefault(bound, 0) >= limit;
  }

  private static Stream<Bound> bounds(Key app, String user) {
    return Stream.of(new Bound.App(app), new Bound.User(app, user));
  }

  private static Waiting waiting(StreamSession session) {
    var metadata = session.getMetadata();
    var timeline = Objects.requireNonNullElse(status(session).timeline(), Timeline.empty());
    return new Waiting(
        metadata.getUid(),
        metadata.getNamespace(),
        userOf(session),
        session.getSpec().priority(),
        Times.parse(timeline.requestedAt())
            .orElseGet(() -> Instant.parse(metadata.getCreationTimestamp())));
  }

  private static Stream<String> owners(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid);
  }

  private Counter counter(String streamClass) {
    return counters.computeIfAbsent(streamClass, _ -> new Counter());
  }

  private static OptionalInt wait(Optional<Pace> pace, int turn) {
    return pace.map(it -> OptionalInt.of(it.expectedSeconds(turn))).orElse(OptionalInt.empty());
  }

  private Optional<String> classOf(Key app, @Nullable String named) {
    return Optional.ofNullable(named)
        .or(
            () ->
                apps.apply(app.namespace(), app.name())
                    .map(it -> it.getSpec().classes().getFirst()));
  }

  private static Key appOf(StreamSession session) {
    return new Key(session.getMetadata().getNamespace(), session.getSpec().app());
  }

  private static StreamSessionStatus status(StreamSession session) {
    return Objects.requireNonNullElse(session.getStatus(), StreamSessionStatus.empty());
  }

  private static String userOf(StreamSession session) {
    return Objects.requireNonNullElse(session.getSpec().user(), "");
  }
}
