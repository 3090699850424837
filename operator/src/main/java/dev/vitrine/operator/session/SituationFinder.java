package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** How long a write of its pod that is under way may yet end well. */
  private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);

  private SituationFinder() {}

  static Situation find(SessionView view) {
    if (view.reports(ConditionType.ENDED)) {
      return new Situation.Over();
    }
    var app = view.app();
    if (app.isEmpty() && hadApp(view)) {
      return new Situation.Ending(End.appDeleted());
    }
    if (app.isPresent() && view.pod().isPresent()) {
      return withPod(view, app.get(), view.pod().get());
    }
    if (view.reported().podName() != null) {
      return lost(view, End.ofGonePod(view.connection()).after(view.dismissal()));
    }
    if (view.isOfDeletedApp()) {
      return new Situation.Ending(End.appDeleted());
    }
    return app.map(known -> withoutPod(view, known)).orElseGet(() -> appMissing(view));
  }

  /** Without a finalizer an app may go before its sessions have seen its deletion. */
  private static boolean hadApp(SessionView view) {
    return view.reports(ConditionType.ACCEPTED) || view.pod().isPresent();
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
      var message =
          "StreamingApp %s is not ready: %s: %s"
              .formatted(name(app), refused.get().getReason(), refused.get().getMessage());
      return view.reports(ConditionType.ACCEPTED)
          ? waiting(view, app, message)
          : ending(EndReason.Rejected, message);
    }
    var known = ready.filter(it -> it.getStatus().equals("True")).isPresent();
    if (!known && !view.isTrial() && !view.reports(ConditionType.ACCEPTED)) {
      return ready
          .filter(it -> it.getReason().equals(AppReason.Verifying.name()))
          .map(it -> waiting(view, app, it.getMessage()))
          .orElseGet(
              () -> pending(view, "StreamingApp %s is being looked at".formatted(name(app))));
    }
    return refusal(view, app)
        .map(sentence -> ending(EndReason.Rejected, sentence))
        .or(() -> RevisionChoice.delay(view).map(words -> waiting(view, app, words)))
        .orElseGet(() -> accepted(view, app));
  }

  /** A verification takes its time, and a gap may close: sessions wait as they wait in line. */
  private static Situation waiting(SessionView view, StreamingApp app, String message) {
    var patience = Duration.ofSeconds(app.getSpec().limits().queueSeconds());
    var until =
        view.waitsSince().plus(patience.compareTo(APP_PATIENCE) < 0 ? APP_PATIENCE : patience);
    return view.now().isBefore(until)
        ? new Situation.AppPending(message, earlier(until, view.now().plus(APP_PATIENCE)))
        : ending(EndReason.QueueTimeout, message);
  }

  private static Situation accepted(SessionView view, StreamingApp app) {
    if (view.streamClass().isEmpty()) {
      return pending(view, app, "Its StreamClass is gone");
    }
    if (view.revision().isEmpty()) {
      return pending(view, app, "StreamingApp %s has no revision for it".formatted(name(app)));
    }
    var forbidden = view.isTrial() ? Optional.<String>empty() : ClassChoice.refusal(view);
    if (forbidden.isPresent()) {
      return ending(EndReason.Rejected, forbidden.get());
    }
    var request = PodRequestFactory.desired(view, app);
    var until = earlier(request.until(), view.now().plus(A_WHILE));
    return switch (view.placement()) {
      case Placement.None _ -> wanted(view, request, until);
      case Placement.InHand _ ->
          view.now().isBefore(until.plus(WRITE_PATIENCE))
              ? wanted(view, request, until)
              : ending(EndReason.QueueTimeout, "Its pod could not be made while it was in line");
      case Placement.Refused(var words) ->
          ending(EndReason.AppFailed, "The API server refuses its pod: " + words);
      case Placement.InLine(var place, var message) ->
          view.now().isBefore(until)
              ? new Situation.InLine(request, place, message, until)
              : ending(
                  EndReason.QueueTimeout, "It waited in line for too long. %s".formatted(message));
    };
  }

  private static Situation wanted(SessionView view, PodRequest request, Instant until) {
    return new Situation.PodWanted(request, later(until, view.now().plus(UNDECIDED)));
  }

  private static Optional<String> refusal(SessionView view, StreamingApp app) {
    var spec = view.session().getSpec();
    var classes = app.getSpec().classes();
    if (spec.className() != null && !classes.contains(spec.className())) {
      return Optional.of(
          "spec.class: %s is not a class of StreamingApp %s; it offers %s"
              .formatted(spec.className(), name(app), String.join(", ", classes)));
    }
    return ParameterRules.problemIn(sound(app.getSpec().parameters()), spec.parameters())
        .or(() -> RevisionChoice.refusal(view));
  }

  /** A refused edit may have left some with which nothing can be checked. */
  private static List<Parameter> sound(List<Parameter> declared) {
    return declared.stream().filter(it -> ParameterRules.problemIn(List.of(it)).isEmpty()).toList();
  }

  private static Situation withPod(SessionView view, StreamingApp app, PodFacts pod) {
    if (pod.isOver()) {
      return lost(view, End.of(pod, view.dismissal()));
    }
    if (pod.deletedBy().filter(time -> view.now().isAfter(time.plus(LOST_AFTER))).isPresent()) {
      return lost(view, End.POD_LOST.after(view.dismissal()));
    }
    return view.assignedAt()
        .map(assignedAt -> assigned(view, app, pod, assignedAt))
        .orElseGet(() -> unassigned(view, app, pod));
  }

  /** Nobody is told of the loss of a warm pod before they came, while there are others. */
  private static Situation lost(SessionView view, End end) {
    return view.replaceablePod()
        .filter(_ -> end.isLoss())
        .map(pod -> (Situation) new Situation.PodLost(pod, end))
        .orElseGet(() -> new Situation.Ending(end));
  }

  private static Situation unassigned(SessionView view, StreamingApp app, PodFacts pod) {
    if (view.dismissal().isPresent() || pod.isDeleted()) { // nobody is there to be warned
      return lost(view, End.toldToStop(pod).after(view.dismissal()));
    }
    var until = noRoom(view, pod) ? roomDeadline(view, app, pod) : startDeadline(view, app, pod);
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
    if (!late) {
      return starting;
    }
    return noRoom(view, pod)
        ? ending(EndReason.QueueTimeout, "No node had room for too long: " + starting.message())
        : ending(EndReason.StartTimeout, "The pod was not ready in time: " + starting.message());
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
    var said = view.connection().flatMap(it -> End.saidBy(pod, it, view.dismissal()));
    if (said.isPresent()) {
      return lost(view, said.get());
    }
    if (view.isLeaving()) {
      var told = pod.deletedBy().orElse(view.now());
      return new Situation.Leaving(pod, assignedAt, told.plus(LOST_AFTER));
    }
    var deadline = deadline(view, app, assignedAt, view.connection());
    if (view.now().isBefore(deadline.at())) {
      return serving(view, pod, assignedAt, deadline.at());
    }
    var answer = view.state().filter(it -> !it.at().isBefore(deadline.at()));
    return switch (answer.orElse(null)) {
      case null -> new Situation.Overdue(pod, assignedAt);
      case PodAnswer.Yes yes -> answered(view, app, pod, assignedAt, yes);
      case PodAnswer.Taken _, PodAnswer.Silence _ ->
          view.now().isBefore(answer.get().at().plus(Deadline.GRACE))
              ? ending(deadline.reason(), "The runtime did not end the session itself, nor answer")
              : new Situation.Overdue(pod, assignedAt);
    };
  }

  /** It goes on until what it said is overdue in turn: input, say, is not worth a report. */
  private static Situation answered(
      SessionView view, StreamingApp app, PodFacts pod, Instant assignedAt, PodAnswer.Yes yes) {
    var connection = Optional.ofNullable(yes.connection());
    var said = connection.flatMap(it -> End.saidBy(pod, it, view.dismissal()));
    if (said.isPresent()) {
      return lost(view, said.get());
    }
    var patience = yes.at().plus(Deadline.GRACE);
    var until =
        connection
            .map(_ -> later(patience, deadline(view, app, assignedAt, connection).at()))
            .orElse(patience);
    return view.now().isBefore(until)
        ? serving(view, pod, assignedAt, until)
        : new Situation.Overdue(pod, assignedAt);
  }

  private static Deadline deadline(
      SessionView view, StreamingApp app, Instant assignedAt, Optional<Connection> connection) {
    return Deadline.first(assignedAt, view.lifetimes(app), view.streamClass(), connection);
  }

  private static Situation serving(
      SessionView view, PodFacts pod, Instant assignedAt, Instant deadline) {
    var until = view.leavesNodeAt().filter(deadline::isAfter).orElse(deadline);
    return new Situation.Serving(pod, assignedAt, until);
  }

  /** What the controller says of the app as it is now, not as it was before an edit. */
  private static Optional<Condition> currentReady(StreamingApp app) {
    return Optional.ofNullable(app.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
        .filter(ready -> app.getMetadata().getGeneration().equals(ready.getObservedGeneration()));
  }

  /** Who was accepted before waits as in line; others are not worth so much patience. */
  private static Situation pending(SessionView view, StreamingApp app, String message) {
    return view.reports(ConditionType.ACCEPTED) && !view.isTrial()
        ? waiting(view, app, message)
        : pending(view, message);
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
    return pod.scheduledAt()
        .filter(pod.grantedAt()::isBefore)
        .orElseGet(pod::grantedAt)
        .plusSeconds(view.startSeconds(app));
  }

  /** A trial has all the time of the revision that it tries, and that one's own end. */
  private static boolean noRoom(SessionView view, PodFacts pod) {
    return pod.lacksRoom() && !view.isTrial();
  }

  /** The house is full: it waits as in line, but no less long than a pod may take to start. */
  private static Instant roomDeadline(SessionView view, StreamingApp app, PodFacts pod) {
    return later(
        view.waitsSince().plusSeconds(app.getSpec().limits().queueSeconds()),
        startDeadline(view, app, pod));
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
