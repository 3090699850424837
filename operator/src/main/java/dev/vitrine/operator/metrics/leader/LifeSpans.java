package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.trace.Happening;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the trace of a session's whole life once it has ended, from its timeline, while this
 * controller leads: the stages of its beginning as parts of it.
 */
public final class LifeSpans {

  private final Function<String, List<Pod>> podsOf;
  private final SessionTraces traces;
  private final InstantSource clock;
  private volatile boolean leads;

  /**
   * @param podsOf the pods of a session, by its UID
   */
  public LifeSpans(
      Stores stores,
      Function<String, List<Pod>> podsOf,
      SessionTraces traces,
      InstantSource clock) {
    this.podsOf = podsOf;
    this.traces = traces;
    this.clock = clock;
    stores.sessions().listen(this::changed);
  }

  /** From now on it writes. */
  public void lead() {
    leads = true;
  }

  private void changed(Optional<StreamSession> before, Optional<StreamSession> after) {
    if (!leads || before.isEmpty() || before.get().hasEnded()) {
      return;
    }
    var same = after.filter(session -> uid(session).equals(uid(before.get())));
    if (same.isEmpty()) {
      write(before.get());
    } else if (same.get().hasEnded()) {
      write(same.get());
    }
  }

  private void write(StreamSession session) {
    var times = SessionTimes.of(session);
    var ended = endedAt(session);
    var began = times.requested().orElseGet(() -> createdAt(session));
    var granted =
        podsOf.apply(uid(session)).stream().findFirst().map(pod -> new PodFacts(pod).grantedAt());
    stage(session, "line", Optional.of(began), granted);
    stage(session, "start", granted, times.assigned());
    stage(session, "connect", times.assigned(), times.connected());
    stage(session, "picture", times.connected(), times.firstFrame());
    traces.writeLife(
        uid(session), new Happening("session", began, ended, about(session), failure(session)));
  }

  private void stage(
      StreamSession session, String name, Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && to.isPresent()) {
      var end = to.get().isBefore(from.get()) ? from.get() : to.get(); // two clocks
      traces.write(uid(session), Happening.of(name, from.get(), end));
    }
  }

  private static Map<String, String> about(StreamSession session) {
    var status = Objects.requireNonNullElse(session.getStatus(), StreamSessionStatus.empty());
    var about = new HashMap<String, String>();
    about.put("k8s.namespace.name", session.getMetadata().getNamespace());
    about.put("vitrine.session", session.getMetadata().getName());
    about.put("vitrine.app", session.getSpec().app());
    about.put(
        "vitrine.end", end(session).map(Condition::getReason).orElse(EndReason.ClosedByApi.name()));
    Optional.ofNullable(session.getSpec().className())
        .ifPresent(it -> about.put("vitrine.class", it));
    Optional.ofNullable(status.revision()).ifPresent(it -> about.put("vitrine.revision", it));
    Optional.ofNullable(status.podName()).ifPresent(it -> about.put("k8s.pod.name", it));
    Optional.ofNullable(status.nodeName()).ifPresent(it -> about.put("k8s.node.name", it));
    return about;
  }

  private static Optional<String> failure(StreamSession session) {
    return end(session)
        .filter(ended -> Outcome.isFailure(ended.getReason()))
        .map(Condition::getMessage);
  }

  private static Optional<Condition> end(StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.ENDED));
  }

  private Instant endedAt(StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .flatMap(status -> Optional.ofNullable(status.timeline()))
        .flatMap(timeline -> Times.parse(timeline.endedAt()))
        .orElseGet(clock::instant);
  }

  private static Instant createdAt(StreamSession session) {
    return Instant.parse(session.getMetadata().getCreationTimestamp());
  }

  private static String uid(StreamSession session) {
    return session.getMetadata().getUid();
  }
}
