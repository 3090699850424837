package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Events;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides about sessions; touches nothing. The same view always gives the same plan. */
final class SessionPlanner {

  /** A pod whose server is about to listen answers soon. */
  private static final Duration CALL_AGAIN = Duration.ofMillis(500);

  /** States of which somebody may want to know at once. */
  private static final Set<String> TROUBLES =
      Set.of(
          SessionReason.Unschedulable.name(),
          SessionReason.ImageNotPulled.name(),
          SessionReason.Draining.name());

  private final AssignmentFactory assignments;

  SessionPlanner(AssignmentFactory assignments) {
    this.assignments = assignments;
  }

  SessionPlan plan(SessionView view) {
    return planOf(view).doingAlso(deletionOf(surplusPods(view)));
  }

  /**
   * Only once the status says which pod stays, or that one is lost: where two controllers are at
   * work for a moment, neither takes away what the other gives.
   */
  private static List<PodFacts> surplusPods(SessionView view) {
    var decided = view.reported().podName() != null || view.reports(ConditionType.ENDED);
    return view.surplusPods().stream().filter(pod -> decided || view.hasLost(pod.name())).toList();
  }

  private SessionPlan planOf(SessionView view) {
    return switch (SituationFinder.find(view)) {
      case Situation.Over() -> over(view);
      case Situation.Ending(var end) -> ending(view, end);
      case Situation.PodLost(var pod, var end) -> lost(view, pod, end);
      case Situation.AppPending(var message, var until) ->
          report(view, SessionReport.pending(view, message)).lookAgainIn(view.until(until));
      case Situation.PodWanted(var request, var until) ->
          report(view, withoutConnection(view.reported())) // said when it is known: one write less
              .doing(List.of(new Action.AskForPod(request)))
              .lookAgainIn(view.until(until));
      case Situation.InLine(var request, var place, var message, var until) ->
          report(view, SessionReport.inLine(view, place, message))
              .doing(List.of(new Action.AskForPod(request)))
              .lookAgainIn(view.until(until));
      case Situation.PodStarting(_, var reason, var message, var until) ->
          report(view, SessionReport.starting(view, reason, message))
              .lookAgainIn(view.until(until));
      case Situation.Assignable assignable -> assign(view, assignable);
      case Situation.Serving serving -> serve(view, serving);
      case Situation.Leaving leaving -> leave(view, leaving);
      case Situation.Overdue(var pod, var assignedAt) ->
          report(view, SessionReport.serving(view, assignedAt))
              .doing(List.of(new Action.AskState(pod)));
    };
  }

  private static SessionPlan over(SessionView view) {
    var status = view.reported();
    var goesAt =
        Times.parse(view.timeline().endedAt()).orElse(view.now()).plusSeconds(view.ttlSeconds());
    var actions = new ArrayList<>(deletionOf(view.pod().stream().toList()));
    if (!view.now().isBefore(goesAt)) {
      actions.add(new Action.DeleteSession());
    }
    return new SessionPlan(withoutConnection(status), actions, List.of(), Optional.empty())
        .lookAgainIn(view.until(goesAt));
  }

  private static SessionPlan ending(SessionView view, End end) {
    var status = SessionReport.ended(view, end);
    var events =
        end.isFailure()
            ? Conditions.find(status.conditions(), ConditionType.ENDED)
                .map(ended -> Events.warning(view.session(), ended, view.now()))
                .stream()
                .toList()
            : List.<Event>of();
    return new SessionPlan(status, List.of(), events, Optional.empty());
  }

  /** The fact first: the pod goes once the status says that it is lost. */
  private static SessionPlan lost(SessionView view, LostPod pod, End end) {
    List<Action> actions =
        view.connection().isPresent() ? List.of(new Action.ForgetReport()) : List.of();
    var event =
        Conditions.isFalse(
            ConditionType.READY, end.reason(), "Lost %s: %s".formatted(pod.name(), end.message()));
    return new SessionPlan(
            SessionReport.lost(view, pod, end),
            actions,
            List.of(Events.warning(view.session(), event, view.now())),
            Optional.empty())
        .lookAgainIn(Duration.ZERO);
  }

  private SessionPlan assign(SessionView view, Situation.Assignable assignable) {
    var pod = assignable.pod();
    var told = new Action.Assign(pod, assignments.desired(view, assignable.app(), pod));
    var status =
        view.assignment().orElse(null) instanceof PodAnswer.Silence(_, var words)
            ? SessionReport.starting(
                view,
                SessionReason.Assigning,
                "The pod could not be told of the session so far: " + words)
            : withoutConnection(view.reported()); // it answers at once: one write less
    var plan = report(view, status);
    return view.assignment()
        .filter(answer -> view.now().isBefore(answer.at().plus(CALL_AGAIN)))
        .map(answer -> plan.lookAgainIn(view.until(answer.at().plus(CALL_AGAIN))))
        .orElseGet(() -> plan.doing(List.of(told)).lookAgainIn(view.until(assignable.until())));
  }

  private static SessionPlan serve(SessionView view, Situation.Serving serving) {
    var connected =
        view.connection().filter(it -> it.state() == Connection.State.Connected).isPresent();
    List<Action> actions =
        connected == serving.pod().isLabelledConnected()
            ? List.of()
            : List.of(new Action.LabelConnected(serving.pod(), connected));
    return report(view, SessionReport.serving(view, serving.assignedAt()))
        .doing(actions)
        .lookAgainIn(view.until(serving.until()));
  }

  /** The fact first: a pod that is gone does not say any more why it was told to stop. */
  private static SessionPlan leave(SessionView view, Situation.Leaving leaving) {
    var plan = report(view, SessionReport.serving(view, leaving.assignedAt()));
    return plan.status().equals(withoutConnection(view.reported()))
        ? plan.doing(deletionOf(List.of(leaving.pod()))).lookAgainIn(view.until(leaving.goneBy()))
        : plan.lookAgainIn(Duration.ZERO);
  }

  private static List<Action> deletionOf(List<PodFacts> pods) {
    return pods.stream()
        .filter(pod -> !pod.isDeleted())
        .map(pod -> (Action) new Action.DeletePod(pod))
        .toList();
  }

  private static SessionPlan report(SessionView view, StreamSessionStatus status) {
    return new SessionPlan(status, List.of(), troubles(view, status), Optional.empty());
  }

  /** Told once, when the state becomes one. */
  private static List<Event> troubles(SessionView view, StreamSessionStatus status) {
    var before = Conditions.find(view.reported().conditions(), ConditionType.READY);
    return Conditions.find(status.conditions(), ConditionType.READY)
        .filter(ready -> TROUBLES.contains(ready.getReason()))
        .filter(
            ready -> before.map(Condition::getReason).filter(ready.getReason()::equals).isEmpty())
        .map(ready -> Events.warning(view.session(), ready, view.now()))
        .stream()
        .toList();
  }

  /** What the controller owns of a status: all but what the gateway writes. */
  static StreamSessionStatus withoutConnection(StreamSessionStatus status) {
    return status.withConnection(null);
  }
}
