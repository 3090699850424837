package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells the situation of a session from a view of it. */
final class SituationFinder {

  /** Things that are applied together arrive one after the other. */
  private static final Duration APP_PATIENCE = Duration.ofSeconds(30);

  /** How long after its time a deleted pod may still be there before its node counts as lost. */
  private static final Duration LOST_AFTER = Duration.ofSeconds(30);

  private static final Duration A_WHILE = Duration.ofHours(1);

  /** Until a request that nobody has decided on is made once more. */
  private static final Duration UNDECIDED = Duration.ofSeconds(5);

  private SituationFinder() {}

  static Situation find(SessionView view) {
    if (view.reports(ConditionType.ENDED)) {
      return new Situation.Over();
    }
    var app = view.app().filter(known -> !known.isMarkedForDeletion());
    if (app.isEmpty() && (view.app().isPresent() || view.reports(ConditionType.ACCEPTED))) {
      return ending(EndReason.AppDeleted, "The app was deleted");
    }
    if (view.pod().isPresent()) {
      return withPod(view, app.orElseThrow(), view.pod().get());
    }
    if (view.reported().podName() != null) {
      var end = End.ofGonePod(view.connection());
      return new Situation.Ending(wasMakingRoom(view) ? end.ofPreempted() : end);
    }
    return app.map(known -> withoutPod(view, known)).orElseGet(() -> appMissing(view));
  }

  /** The pod, which says so itself, may be gone before its end was seen. */
  private static boolean wasMakingRoom(SessionView view) {
    return Conditions.find(view.reported().conditions(), ConditionType.READY)
        .filter(ready -> ready.getReason().equals(SessionReason.MakingRoom.name()))
        .isPresent();
  }

  private static Situation appMissing(SessionView view) {
    return pending(
        view,
        "There is no StreamingApp %s in namespace %s"
            .formatted(
                view.session().getSpec().app(), view.session().getMetadata().getNamespace()));
  }

  private static Situation withoutPod(SessionView view, StreamingApp app) {
    var ready = currentReady(app);
    var refused = ready.filter(it -> it.getStatus().equals("False"));
    if (refused.isPresent() && !view.isTrial()) { // of an app that was accepted a moment ago
      return ending(
          EndReason.Rejected,
          "StreamingApp %s is not ready: %s: %s"
              .formatted(name(app), refused.get().getReason(), refused.get().getMessage()));
    }
    var known = ready.filter(it -> it.getStatus().equals("True")).isPresent();
    if (!known && !view.isTrial() && !view.reports(ConditionType.ACCEPTED)) {
      return ready
          .filter(it -> it.getReason().equals(AppReason.Verifying.name()))
          .map(it -> verifying(view, app, it.getMessage()))
          .orElseGet(
              () -> pending(view, "StreamingApp %s is being looked at".formatted(name(app))));
    }
    return refusal(view, app)
        .map(sentence -> ending(EndReason.Rejected, sentence))
        .or(() -> RevisionChoice.delay(view).map(words -> verifying(view, app, words)))
        .orElseGet(() -> accepted(view, app));
  }

  /** A verification takes its time: sessions wait for it as they wait in line. */
  private static Situation verifying(SessionView view, StreamingApp app, String message) {
    var patience = Duration.ofSeconds(app.getSpec().limits().queueSeconds());
    var until =
        view.requestedAt().plus(patience.compareTo(APP_PATIENCE) < 0 ? APP_PATIENCE : patience);
    return view.now().isBefore(until)
        ? new Situation.AppPending(message, until)
        : ending(EndReason.QueueTimeout, message);
  }

  private static Situation accepted(SessionView view, StreamingApp app) {
    if (view.streamClass().isEmpty()) {
      return pending(view, "Its StreamClass is gone");
    }
    if (view.revision().isEmpty()) {
      return pending(view, "StreamingApp %s has no revision for it".formatted(name(app)));
    }
    var request = PodRequestFactory.desired(view, app);
    var until = earlier(request.until(), view.now().plus(A_WHILE));
    return switch (view.placement()) {
      case Placement.None _, Placement.InHand _ ->
          new Situation.PodWanted(request, later(until, view.now().plus(UNDECIDED)));
      case Placement.Refused(var words) ->
          ending(EndReason.AppFailed, "The API server refuses its pod: " + words);
      case Placement.InLine(var place, var message) ->
          view.now().isBefore(until)
              ? new Situation.InLine(request, place, message, until)
              : ending(
                  EndReason.QueueTimeout, "It waited in line for too long. %s".formatted(message));
    };
  }

  private static Optional<String> refusal(SessionView view, StreamingApp app) {
    var spec = view.session().getSpec();
    var classes = app.getSpec().classes();
    if (spec.className() != null && !classes.contains(spec.className())) {
      return Optional.of(
          "spec.class: %s is not a class of StreamingApp %s; it offers %s"
              .formatted(spec.className(), name(app), String.join(", ", classes)));
    }
    return ParameterRules.problemIn(app.getSpec().parameters(), spec.parameters())
        .or(() -> RevisionChoice.refusal(view));
  }

  private static Situation withPod(SessionView view, StreamingApp app, PodFacts pod) {
    if (pod.isOver()) {
      return new Situation.Ending(End.of(pod));
    }
    if (pod.deletedBy().filter(time -> view.now().isAfter(time.plus(LOST_AFTER))).isPresent()) {
      return new Situation.Ending(pod.preemptedFor().isPresent() ? End.preempted() : End.POD_LOST);
    }
    return view.assignedAt()
        .map(assignedAt -> assigned(view, app, pod, assignedAt))
        .orElseGet(() -> unassigned(view, app, pod));
  }

  private static Situation unassigned(SessionView view, StreamingApp app, PodFacts pod) {
    if (view.isMakingRoom()) {
      return new Situation.Ending(End.preempted());
    }
    if (pod.isDeleted()) {
      return new Situation.Ending(End.toldToStop(pod)); // nobody is there to be warned
    }
    var until = startDeadline(view, app, pod);
    var late = !view.now().isBefore(until);
    var hopeless = pod.hopeless(view.now());
    if (hopeless.isPresent()) {
      return ending(EndReason.AppFailed, "The container cannot start: " + hopeless.get());
    }
    if (view.assignment().orElse(null) instanceof PodAnswer.Taken(_, var words)) {
      return ending(EndReason.AppFailed, "The pod refused the session: " + words);
    }
    if (pod.isReady() && !late) {
      return new Situation.Assignable(app, pod, until);
    }
    var starting = starting(view, pod, until);
    return late
        ? ending(EndReason.StartTimeout, "The pod was not ready in time: " + starting.message())
        : starting;
  }

  private static Situation.PodStarting starting(SessionView view, PodFacts pod, Instant until) {
    if (pod.unschedulable().isPresent()) {
      return new Situation.PodStarting(
          pod, SessionReason.Unschedulable, pod.unschedulable().get(), until);
    }
    if (pod.imageTrouble().isPresent()) {
      return new Situation.PodStarting(
          pod, SessionReason.ImageNotPulled, pod.imageTrouble().get(), until);
    }
    var message =
        view.assignment().orElse(null) instanceof PodAnswer.Silence(_, var words)
            ? "The pod could not be told of the session: " + words
            : "The pod is starting";
    return new Situation.PodStarting(pod, SessionReason.Starting, message, until);
  }

  private static Situation assigned(
      SessionView view, StreamingApp app, PodFacts pod, Instant assignedAt) {
    if (view.isLeaving()) {
      var told = pod.deletedBy().orElse(view.now());
      return new Situation.Leaving(pod, assignedAt, told.plus(LOST_AFTER));
    }
    var deadline =
        Deadline.first(assignedAt, view.lifetimes(app), view.streamClass(), view.connection());
    if (view.now().isBefore(deadline.at())) {
      return serving(view, pod, assignedAt, deadline.at());
    }
    var fresh = view.state().filter(answer -> isFresh(view, answer, deadline));
    return switch (fresh.orElse(null)) {
      case null -> new Situation.Overdue(pod, assignedAt);
      case PodAnswer.Yes yes -> serving(view, pod, assignedAt, yes.at().plus(Deadline.GRACE));
      case PodAnswer.Taken _, PodAnswer.Silence _ ->
          ending(deadline.reason(), "The runtime did not end the session itself, nor answer");
    };
  }

  private static Situation serving(
      SessionView view, PodFacts pod, Instant assignedAt, Instant deadline) {
    var until = view.leavesNodeAt().filter(deadline::isAfter).orElse(deadline);
    return new Situation.Serving(pod, assignedAt, until);
  }

  private static boolean isFresh(SessionView view, PodAnswer answer, Deadline deadline) {
    return !answer.at().isBefore(deadline.at())
        && view.now().isBefore(answer.at().plus(Deadline.GRACE));
  }

  /** What the controller says of the app as it is now, not as it was before an edit. */
  private static Optional<Condition> currentReady(StreamingApp app) {
    return Optional.ofNullable(app.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
        .filter(ready -> app.getMetadata().getGeneration().equals(ready.getObservedGeneration()));
  }

  private static Situation pending(SessionView view, String message) {
    if (view.isTrial()) { // it says nothing of its revision that a class is gone for a while
      return new Situation.AppPending(message, view.now().plus(A_WHILE));
    }
    var until = view.requestedAt().plus(APP_PATIENCE);
    return view.now().isBefore(until)
        ? new Situation.AppPending(message, until)
        : ending(EndReason.Rejected, message);
  }

  private static Instant startDeadline(SessionView view, StreamingApp app, PodFacts pod) {
    return pod.grantedAt().plusSeconds(view.lifetimes(app).startSeconds());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Situation ending(EndReason reason, String message) {
    return new Situation.Ending(new End(reason, message));
  }

  private static String name(StreamingApp app) {
    return app.getMetadata().getName();
  }
}
