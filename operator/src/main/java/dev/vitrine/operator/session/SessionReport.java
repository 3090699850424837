package dev.vitrine.operator.session;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words a session's status: what the controller owns of it, which is all but the connection. */
final class SessionReport {

  private SessionReport() {}

  /** Nobody has decided on it yet; or it was accepted, and its app lacks something by now. */
  static StreamSessionStatus pending(SessionView view, String message) {
    return status(
        view,
        List.of(
            view.reports(ConditionType.ACCEPTED)
                ? accepted()
                : unknown(ConditionType.ACCEPTED, SessionReason.AppNotReady, message),
            isFalse(ConditionType.ASSIGNED, SessionReason.AppNotReady, message),
            isFalse(ConditionType.CONNECTED, SessionReason.AppNotReady, message),
            isFalse(ConditionType.READY, SessionReason.AppNotReady, message)));
  }

  /** It stands in line. */
  static StreamSessionStatus inLine(SessionView view, int place, String message) {
    var status = starting(view, SessionReason.Queued, message);
    return withQueuePlace(status, QueuePlace.toReport(view.reported().queuePlace(), place));
  }

  /** Its pod is on the way. */
  static StreamSessionStatus starting(SessionView view, SessionReason reason, String message) {
    return status(
        view,
        List.of(
            accepted(),
            isFalse(ConditionType.ASSIGNED, reason, message),
            isFalse(ConditionType.CONNECTED, reason, message),
            isFalse(ConditionType.READY, reason, message)));
  }

  /** Its pod is lost, and it gets another one: all that was true of it with that pod is past. */
  static StreamSessionStatus lost(SessionView view, LostPod pod, End end) {
    return starting(
            view,
            SessionReason.Starting,
            "Its pod was lost before anybody connected, and it gets another one: " + end.message())
        .withTimeline(new Timeline(Times.micros(view.requestedAt()), null, null, null, null, null))
        .withoutPod(pod);
  }

  /** Its pod accepted it. */
  static StreamSessionStatus serving(SessionView view, Instant assignedAt) {
    var connection = view.connection();
    var state = connection.map(Connection::state).orElse(Connection.State.Waiting);
    var message = message(state, connection);
    var reason =
        switch (state) {
          case Waiting, Connecting -> SessionReason.Waiting;
          case Connected -> SessionReason.Connected;
          case Disconnected -> SessionReason.Disconnected;
          case Ended -> SessionReason.Ended;
        };
    var connected =
        state == Connection.State.Connected
            ? isTrue(ConditionType.CONNECTED, reason, message)
            : isFalse(ConditionType.CONNECTED, reason, message);
    var ready =
        state == Connection.State.Ended
            ? isFalse(ConditionType.READY, reason, message)
            : whyItLeaves(view)
                .map(why -> isTrue(ConditionType.READY, leaving(view), message + "; " + why))
                .orElseGet(() -> isTrue(ConditionType.READY, reason, message));
    return status(view, List.of(accepted(), assigned(), connected, ready))
        .withTimeline(assignedTimeline(view, assignedAt));
  }

  /** It ended: all that was true of it is past. */
  static StreamSessionStatus ended(SessionView view, End end) {
    var before = view.reported().conditions();
    var accepted =
        end.reason() == EndReason.Rejected
            ? isFalse(ConditionType.ACCEPTED, EndReason.Rejected, end.message())
            : Conditions.find(before, ConditionType.ACCEPTED).orElseGet(SessionReport::accepted);
    var assigned =
        Conditions.find(before, ConditionType.ASSIGNED)
            .filter(old -> old.getStatus().equals("True"))
            .orElseGet(() -> isFalse(ConditionType.ASSIGNED, SessionReason.Ended, end.message()));
    var conditions =
        List.of(
            accepted,
            assigned,
            isFalse(ConditionType.CONNECTED, SessionReason.Ended, end.message()),
            isFalse(ConditionType.READY, SessionReason.Ended, end.message()),
            isTrue(ConditionType.ENDED, end.reason(), end.message()));
    var timeline = view.assignedAt().map(at -> assignedTimeline(view, at)).orElse(view.timeline());
    return status(view, conditions).withTimeline(endedTimeline(view, timeline));
  }

  /** When the cluster got in the way the state is unknown, not bad; all else stays as reported. */
  static StreamSessionStatus failed(SessionView view, Exception failure) {
    if (view.reports(ConditionType.ENDED)
        || view.reportsMakingRoom()) { // of a gone pod only this tells
      return view.reported().withConnection(null);
    }
    var why =
        unknown(ConditionType.READY, SessionReason.ReconcileFailed, Failures.sentence(failure));
    var conditions = new ArrayList<>(view.reported().conditions());
    conditions.removeIf(condition -> condition.getType().equals(ConditionType.READY));
    conditions.add(why);
    return status(view, conditions);
  }

  private static SessionReason leaving(SessionView view) {
    return view.isMakingRoom() ? SessionReason.MakingRoom : SessionReason.Draining;
  }

  /** What will end it soon, of its node or its pod; empty for most. */
  private static Optional<String> whyItLeaves(SessionView view) {
    if (view.isMakingRoom()) {
      return Optional.of("it ends soon, to make room for a session of higher priority");
    }
    if (view.isOfDeletedApp()) {
      return Optional.of("it ends soon, because its app was deleted");
    }
    if (view.isLeaving()) {
      return Optional.of("its pod is told to stop");
    }
    var node = view.pod().flatMap(PodFacts::nodeName).orElse("");
    return view.leavesNodeAt()
        .map(at -> "node %s is cordoned, so the session ends at %s".formatted(node, at));
  }

  private static String message(Connection.State state, Optional<Connection> connection) {
    var words =
        switch (state) {
          case Waiting, Connecting -> "It can be joined; nobody is connected";
          case Connected -> "A viewer is connected";
          case Disconnected -> "The viewer was lost and may come back";
          case Ended -> "The runtime is ending";
        };
    return connection
        .map(Connection::stage)
        .map(Connection.Stage::error)
        .map(error -> words + "; the stage could not be opened: " + error)
        .orElse(words);
  }

  private static Condition accepted() {
    return isTrue(ConditionType.ACCEPTED, SessionReason.Accepted, "The app allows it");
  }

  private static Condition assigned() {
    return isTrue(ConditionType.ASSIGNED, SessionReason.Assigned, "A pod has accepted it");
  }

  private static StreamSessionStatus status(SessionView view, List<Condition> conditions) {
    var before = view.reported();
    var timeline = view.timeline();
    return new StreamSessionStatus(
        Conditions.carryOver(before.conditions(), conditions, view.session(), view.now()),
        view.pod().map(PodFacts::name).orElse(before.podName()),
        before.lostPods(),
        view.pod().flatMap(PodFacts::nodeName).orElse(before.nodeName()),
        view.pod().flatMap(PodFacts::revision).orElse(before.revision()),
        null,
        new Timeline(
            Times.micros(view.requestedAt()),
            timeline.assignedAt(),
            timeline.readyAt(),
            timeline.connectedAt(),
            timeline.firstFrameAt(),
            timeline.endedAt()),
        null);
  }

  private static Timeline assignedTimeline(SessionView view, Instant assignedAt) {
    var before = view.timeline();
    var assigned = Times.micros(assignedAt);
    return new Timeline(
        Times.micros(view.requestedAt()),
        assigned,
        before.readyAt() == null ? assigned : before.readyAt(),
        first(before.connectedAt(), view.connection().map(Connection::connectedAt)),
        first(before.firstFrameAt(), view.connection().map(Connection::firstFrameAt)),
        before.endedAt());
  }

  private static Timeline endedTimeline(SessionView view, Timeline timeline) {
    return new Timeline(
        Times.micros(view.requestedAt()),
        timeline.assignedAt(),
        timeline.readyAt(),
        timeline.connectedAt(),
        timeline.firstFrameAt(),
        Times.micros(view.now()));
  }

  /** The first time counts: a viewer who comes back connects again. */
  private static @Nullable String first(@Nullable String before, Optional<String> reported) {
    return before != null ? before : reported.flatMap(Times::parse).map(Times::micros).orElse(null);
  }

  private static StreamSessionStatus withQueuePlace(
      StreamSessionStatus status, @Nullable Integer place) {
    return new StreamSessionStatus(
        status.conditions(),
        status.podName(),
        status.lostPods(),
        status.nodeName(),
        status.revision(),
        place,
        status.timeline(),
        null);
  }
}
