package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.Rollout.Mode;
import dev.vitrine.api.v1alpha1.Rollout.Verification;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.revision.RevisionSituation.Failed;
import dev.vitrine.operator.revision.RevisionSituation.OnTheWay;
import dev.vitrine.operator.revision.RevisionSituation.Passed;
import dev.vitrine.operator.revision.RevisionSituation.Spoilt;
import dev.vitrine.operator.revision.RevisionSituation.Unwatched;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.WatchVerdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Instant;
import java.util.Objects;
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
    return view.session()
        .map(session -> tried(view, session, verification))
        .orElseGet(() -> new RevisionSituation.Untried(app.get(), verification));
  }

  private static RevisionSituation tried(
      RevisionView view, StreamSession session, Verification verification) {
    if (!isOurs(view, session)) {
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
      return over(view, session, ended.get());
    }
    return view.pod()
        .map(pod -> withPod(view, session, verification, pod))
        .orElseGet(() -> withoutPod(session));
  }

  private static RevisionSituation over(RevisionView view, StreamSession session, Condition ended) {
    if (view.viewer().filter(RevisionSituationFinder::isWatching).isPresent()) {
      return onTheWay(RevisionReason.Verifying, "The viewer is about to say what it saw");
    }
    var words = "%s: %s".formatted(ended.getReason(), ended.getMessage());
    return NO_FAULT.contains(ended.getReason())
        ? new Spoilt(session, words)
        : new Failed(RevisionReason.SessionFailed, words);
  }

  /** One that finds no node will find the session gone. */
  private static boolean isWatching(PodFacts viewer) {
    return !viewer.isOver() && !viewer.isDeleted() && viewer.unschedulable().isEmpty();
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
    var crowded = pod.unschedulable().or(() -> view.viewer().flatMap(PodFacts::unschedulable));
    if (crowded.isPresent()) {
      return onTheWay(RevisionReason.WaitingForCapacity, crowded.get());
    }
    var started = pod.scheduledAt().filter(pod.grantedAt()::isBefore).orElse(pod.grantedAt());
    var until = started.plusSeconds(verification.timeoutSeconds());
    var ready = condition(session, ConditionType.READY);
    var message = ready.map(Condition::getMessage).orElse("Its session is being looked at");
    if (!view.now().isBefore(until)) {
      return new Failed(
          RevisionReason.TimedOut,
          "It was not verified within spec.rollout.verification.timeoutSeconds (%d). %s"
              .formatted(verification.timeoutSeconds(), message));
    }
    if (ready.filter(it -> it.getStatus().equals("True")).isEmpty()) {
      return new OnTheWay(RevisionReason.Verifying, message, Optional.of(until));
    }
    if (verification.mode() == Mode.Ready) {
      return new Passed(RevisionReason.Ready, "A pod of it accepted a session");
    }
    return view.viewer().isEmpty()
        ? new Unwatched(session, until)
        : new OnTheWay(
            RevisionReason.Verifying, "A viewer waits for a picture", Optional.of(until));
  }

  /** What the viewer said when it ended. */
  private static Optional<RevisionSituation> verdict(PodFacts viewer) {
    return viewer.termination().map(RevisionSituationFinder::verdict);
  }

  private static RevisionSituation verdict(ContainerStateTerminated viewer) {
    var words = Objects.requireNonNullElse(viewer.getMessage(), "").strip();
    try {
      return switch (WatchVerdict.parse(words)) {
        case WatchVerdict.Decoded(var width, var height, var milliseconds) ->
            new Passed(
                RevisionReason.FrameDecoded,
                "A viewer decoded a picture of %dx%d after %d ms"
                    .formatted(width, height, milliseconds));
        case WatchVerdict.Failed(var sentence) -> new Failed(RevisionReason.NoFrame, sentence);
      };
    } catch (BadMessageException e) {
      return new Failed(
          RevisionReason.NoFrame,
          "The viewer ended with exit code %d and without a verdict. %s"
              .formatted(viewer.getExitCode(), words));
    }
  }

  private static boolean isOurs(RevisionView view, StreamSession session) {
    return session.triesRevision() && Owners.owns(view.revision(), session);
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
