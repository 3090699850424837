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

  /** One class: who waits for it, who has pods of it, when it served somebody. */
  private static final class Counter {
    final List<Waiting> waiting = new ArrayList<>();
    final List<Instant> given = new ArrayList<>();
    final Map<String, Integer> heldByNamespace = new HashMap<>();
    final Map<Held.User, Integer> heldByUser = new HashMap<>();
  }

  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, String> users = new HashMap<>();
  private final Set<String> served = new HashSet<>();

  private Places() {}

  /**
   * The places of all classes.
   *
   * @param pods those of sessions
   * @param apps finds an app by its namespace and name
   * @return by the UIDs of the sessions that stand in line
   */
  public static Map<String, Place> of(
      List<StreamSession> sessions,
      List<Pod> pods,
      BiFunction<String, String, Optional<StreamingApp>> apps,
      Instant now) {
    var places = new Places();
    pods.forEach(pod -> owners(pod).forEach(places.served::add));
    sessions.forEach(session -> classOf(session, apps).ifPresent(it -> places.enter(session, it)));
    pods.forEach(places::enter);
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

  private void enter(StreamSession session, String streamClass) {
    users.put(session.getMetadata().getUid(), user(session.getSpec().user()));
    var timeline = Objects.requireNonNullElse(status(session).timeline(), Timeline.empty());
    Times.parse(timeline.assignedAt()).ifPresent(counter(streamClass).given::add);
    // Who has got a pod a moment ago may not have been told so far.
    if (isQueued(session) && !served.contains(session.getMetadata().getUid())) {
      counter(streamClass)
          .waiting
          .add(
              new Waiting(
                  session.getMetadata().getUid(),
                  session.getMetadata().getNamespace(),
                  user(session.getSpec().user()),
                  session.getSpec().priority(),
                  Times.parse(timeline.requestedAt())
                      .orElseGet(
                          () -> Instant.parse(session.getMetadata().getCreationTimestamp()))));
    }
  }

  private void enter(Pod pod) {
    var facts = new PodFacts(pod);
    var streamClass = pod.getMetadata().getLabels().get(PodLabels.CLASS);
    if (streamClass == null || facts.isOver() || facts.isDeleted()) {
      return;
    }
    var namespace = pod.getMetadata().getNamespace();
    var user = owners(pod).map(users::get).filter(Objects::nonNull).findFirst().orElse("");
    var counter = counter(streamClass);
    counter.heldByNamespace.merge(namespace, 1, Integer::sum);
    counter.heldByUser.merge(new Held.User(namespace, user), 1, Integer::sum);
  }

  private Map<String, Place> inOrder(Instant now) {
    var places = new HashMap<String, Place>();
    for (var counter : counters.values()) {
      var held = new Held(counter.heldByNamespace, counter.heldByUser);
      var pace = Pace.measured(counter.given, now);
      var line = Line.order(counter.waiting, held);
      for (var number = 1; number <= line.size(); number++) {
        places.put(line.get(number - 1).uid(), new Place(number, line.size(), wait(pace, number)));
      }
    }
    return places;
  }

  private static Stream<String> owners(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid);
  }

  private Counter counter(String streamClass) {
    return counters.computeIfAbsent(streamClass, _ -> new Counter());
  }

  private static OptionalInt wait(Optional<Pace> pace, int number) {
    return pace.map(it -> OptionalInt.of(it.expectedSeconds(number))).orElse(OptionalInt.empty());
  }

  private static Optional<String> classOf(
      StreamSession session, BiFunction<String, String, Optional<StreamingApp>> apps) {
    var spec = session.getSpec();
    return Optional.ofNullable(spec.className())
        .or(
            () ->
                apps.apply(session.getMetadata().getNamespace(), spec.app())
                    .map(app -> app.getSpec().classes().getFirst()));
  }

  private static StreamSessionStatus status(StreamSession session) {
    return Objects.requireNonNullElse(session.getStatus(), StreamSessionStatus.empty());
  }

  private static String user(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }
}
