package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.Rollout.Mode;
import dev.vitrine.api.v1alpha1.Rollout.Verification;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.revision.RevisionSituation.Failed;
import dev.vitrine.operator.revision.RevisionSituation.OnTheWay;
import dev.vitrine.operator.revision.RevisionSituation.Passed;
import dev.vitrine.operator.revision.RevisionSituation.Spoilt;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.WatchVerdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Tells the situation of a revision from a view of it. */
final class RevisionSituationFinder {

  /** Ends that say nothing of the revision. */
  private static final Set<String> NO_FAULT =
      Set.of(
          EndReason.PodLost.name(),
          EndReason.NodeDrained.name(),
          EndReason.QueueTimeout.name(),
          EndReason.Preempted.name(),
          EndReason.ClosedByApi.name(),
          EndReason.ClosedByViewer.name(),
          EndReason.ConnectTimeout.name());

  /** Ends of a house without room, or of somebody's will: however many, they prove nothing. */
  private static final Set<String> OTHERS_DOING =
      Set.of(
          EndReason.QueueTimeout.name(), EndReason.Preempted.name(), EndReason.ClosedByApi.name());

  /** Bad luck that comes so often is none. */
  private static final int MAX_TRIES = 3;

  private RevisionSituationFinder() {}

  static RevisionSituation find(RevisionView view) {
    if (Conditions.find(view.reported().conditions(), ConditionType.VERIFIED)
        .filter(verified -> !verified.getStatus().equals("Unknown"))
        .isPresent()) {
      return new RevisionSituation.Settled();
    }
    var app = view.app().filter(known -> !known.isMarkedForDeletion());
    if (app.isEmpty()) {
      return new RevisionSituation.Abandoned();
    }
    var verification = app.get().getSpec().rollout().verification();
    if (verification.mode() == Mode.None) {
      return new Passed(RevisionReason.NotAsked, "spec.rollout.verification.mode is None");
    }
    if (!StreamingAppRevisionSpec.of(app.get()).equals(view.revision().getSpec())) {
      return new RevisionSituation.Superseded();
    }
    return view.session()
        .map(session -> tried(view, session, verification))
        .orElseGet(() -> new RevisionSituation.Untried(app.get(), verification));
  }

  private static RevisionSituation tried(
      RevisionView view, StreamSession session, Verification verification) {
    if (view.trial().isEmpty()) {
      return onTheWay(
          RevisionReason.WaitingForCapacity,
          "A session of the revision's name is in the way: delete StreamSession %s"
              .formatted(session.getMetadata().getName()));
    }
    var verdict = view.viewer().flatMap(RevisionSituationFinder::verdict);
    if (verdict.isPresent()) {
      return verdict.get();
    }
    if (session.isMarkedForDeletion()) {
      return onTheWay(RevisionReason.Verifying, "The session before is going");
    }
    var ended = condition(session, ConditionType.ENDED);
    if (ended.isPresent()) {
      return over(view, session, verification, ended.get());
    }
    var lostViewer = view.viewer().filter(PodFacts::isOver);
    if (lostViewer.isPresent()) {
      return spoilt(view, session, withoutVerdict(lostViewer.get()), true);
    }
    return view.pod()
        .map(pod -> withPod(view, session, verification, pod))
        .orElseGet(() -> withoutPod(session));
  }

  private static RevisionSituation over(
      RevisionView view, StreamSession session, Verification verification, Condition ended) {
    var words = "%s: %s".formatted(ended.getReason(), ended.getMessage());
    var watchesUntil =
        view.viewer()
            .filter(viewer -> !viewer.isOver() && !viewer.isDeleted())
            .flatMap(PodFacts::scheduledAt) // without a node it will find the session gone
            .map(since -> since.plusSeconds(verification.timeoutSeconds()))
            .filter(view.now()::isBefore);
    if (watchesUntil.isPresent()) {
      return new OnTheWay(
          RevisionReason.Verifying, "The viewer is about to say what it saw", watchesUntil);
    }
    return isNoFault(session, verification, ended.getReason())
        ? spoilt(view, session, words, counts(view, session, ended.getReason()))
        : new Failed(RevisionReason.SessionFailed, words);
  }

  /** Nobody comes to a session whose viewer finds no room. */
  private static boolean counts(RevisionView view, StreamSession session, String reason) {
    return reason.equals(EndReason.ConnectTimeout.name())
        ? view.viewer().flatMap(PodFacts::scheduledAt).isPresent()
        : hadNode(session) && !OTHERS_DOING.contains(reason);
  }

  /** A house without room, and parameters that are not asked for any more, are not its fault. */
  private static boolean isNoFault(
      StreamSession session, Verification verification, String reason) {
    return NO_FAULT.contains(reason)
        || (reason.equals(EndReason.StartTimeout.name()) && !hadNode(session))
        || (reason.equals(EndReason.Rejected.name())
            && !session.getSpec().parameters().equals(verification.parameters()));
  }

  private static boolean hadNode(StreamSession session) {
    return session.getStatus() != null && session.getStatus().nodeName() != null;
  }

  private static RevisionSituation spoilt(
      RevisionView view, StreamSession session, String words, boolean counts) {
    var others =
        view.reported().spoiltTries().stream()
            .filter(uid -> !uid.equals(session.getMetadata().getUid()))
            .count();
    return counts && others + 1 >= MAX_TRIES
        ? new Failed(
            RevisionReason.SessionFailed,
            "It was tried %d times and came to no verdict. %s".formatted(MAX_TRIES, words))
        : new Spoilt(session, words, counts);
  }

  private static RevisionSituation withoutPod(StreamSession session) {
    var ready = condition(session, ConditionType.READY);
    var message = ready.map(Condition::getMessage).orElse("Its session is being looked at");
    return ready.filter(it -> it.getReason().equals(SessionReason.Queued.name())).isPresent()
        ? onTheWay(RevisionReason.WaitingForCapacity, message)
        : onTheWay(RevisionReason.Verifying, message);
  }

  private static RevisionSituation withPod(
      RevisionView view, StreamSession session, Verification verification, PodFacts pod) {
    if (pod.unschedulable().isPresent()) {
      var words = pod.unschedulable().get();
      return pod.mayFindNode()
          ? onTheWay(RevisionReason.WaitingForCapacity, words)
          : within(view, verification, pod.unschedulableSince(), words); // no room would help
    }
    var ready = condition(session, ConditionType.READY);
    var isReady = ready.filter(it -> it.getStatus().equals("True")).isPresent();
    if (isReady && verification.mode() == Mode.Ready) {
      return new Passed(RevisionReason.Ready, "A pod of it accepted a session");
    }
    if (view.viewer().isPresent()) {
      return watched(view, verification, view.viewer().get());
    }
    if (isReady) {
      return new RevisionSituation.Unwatched(session, verification.timeoutSeconds());
    }
    var message = ready.map(Condition::getMessage).orElse("Its session is being looked at");
    if (hasBeenReady(session)) { // it is about to end, or the cluster got in the way
      return onTheWay(RevisionReason.Verifying, message);
    }
    var started = pod.scheduledAt().filter(pod.grantedAt()::isBefore).orElse(pod.grantedAt());
    return within(view, verification, started, message);
  }

  private static boolean hasBeenReady(StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .map(StreamSessionStatus::timeline)
        .filter(timeline -> timeline.readyAt() != null)
        .isPresent();
  }

  /** The time that its viewer waits for a node is not the revision's. */
  private static RevisionSituation watched(
      RevisionView view, Verification verification, PodFacts viewer) {
    if (viewer.unschedulable().isPresent()) {
      return onTheWay(RevisionReason.WaitingForCapacity, viewer.unschedulable().get());
    }
    var message =
        viewer
            .imageTrouble()
            .or(() -> viewer.hopeless(view.now()))
            .map(words -> "Its viewer, which is not of the revision, does not start: " + words)
            .orElse("A viewer waits for a picture");
    return viewer
        .scheduledAt()
        .map(since -> within(view, verification, since, message))
        .orElseGet(() -> onTheWay(RevisionReason.Verifying, "A viewer waits for a node"));
  }

  private static RevisionSituation within(
      RevisionView view, Verification verification, Instant since, String message) {
    var until = since.plusSeconds(verification.timeoutSeconds());
    return view.now().isBefore(until)
        ? new OnTheWay(RevisionReason.Verifying, message, Optional.of(until))
        : new Failed(
            RevisionReason.TimedOut,
            "It was not verified within spec.rollout.verification.timeoutSeconds (%d). %s"
                .formatted(verification.timeoutSeconds(), message));
  }

  /** What the viewer said when it ended; empty while it has said nothing. */
  private static Optional<RevisionSituation> verdict(PodFacts viewer) {
    try {
      return viewer.termination().isEmpty()
          ? Optional.empty()
          : Optional.of(
              switch (WatchVerdict.parse(words(viewer))) {
                case WatchVerdict.Decoded(var width, var height, var milliseconds) ->
                    new Passed(
                        RevisionReason.FrameDecoded,
                        "A viewer decoded a picture of %dx%d after %d ms"
                            .formatted(width, height, milliseconds));
                case WatchVerdict.Failed(var sentence) ->
                    new Failed(RevisionReason.NoFrame, sentence);
              });
    } catch (BadMessageException e) {
      return Optional.empty();
    }
  }

  /** It was evicted, killed, or lost: whatever it was, it says nothing of the revision. */
  private static String withoutVerdict(PodFacts viewer) {
    return viewer
        .termination()
        .map(
            ended ->
                "The viewer ended with exit code %d and without a verdict. %s"
                    .formatted(ended.getExitCode(), words(viewer)))
        .orElseGet(
            () ->
                "The viewer ended without a verdict. %s %s"
                    .formatted(viewer.reason(), viewer.message()))
        .strip();
  }

  private static String words(PodFacts viewer) {
    return viewer.termination().map(ContainerStateTerminated::getMessage).orElse("").strip();
  }

  private static Optional<Condition> condition(StreamSession session, String type) {
    return Optional.ofNullable(session.getStatus())
        .map(StreamSessionStatus::conditions)
        .flatMap(conditions -> Conditions.find(conditions, type));
  }

  private static OnTheWay onTheWay(RevisionReason reason, String message) {
    return new OnTheWay(reason, message, Optional.<Instant>empty());
  }
}
