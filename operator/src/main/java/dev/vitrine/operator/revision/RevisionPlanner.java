package dev.vitrine.operator.revision;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.Rollout.Verification;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.ViewerPodFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides about revisions; touches nothing. The same view always gives the same plan. */
final class RevisionPlanner {

  /** An ended trial is kept to be looked at. */
  private static final int KEPT_SECONDS = 600;

  /** The revision's own time is counted here, and not while it waits for room. */
  private static final int FOR_LONG = 86_400;

  /** Failures that somebody else tells of: what the container has to say is in its log only. */
  private static final Set<RevisionReason> UNEXPLAINED =
      Set.of(RevisionReason.NoFrame, RevisionReason.TimedOut);

  private final ViewerPodFactory viewers;

  RevisionPlanner(ViewerPodFactory viewers) {
    this.viewers = viewers;
  }

  RevisionPlan plan(RevisionView view) {
    return switch (RevisionSituationFinder.find(view)) {
      case RevisionSituation.Settled() -> over(view, view.reported().conditions());
      case RevisionSituation.Abandoned() ->
          new RevisionPlan(view.reported(), List.of(), List.of(), Optional.empty());
      case RevisionSituation.Superseded() -> superseded(view);
      case RevisionSituation.Untried(var app, var verification) ->
          creating(
              plan(view, verifying(RevisionReason.Verifying, "A session is being made for it")),
              sessionFor(view.revision(), app, verification));
      case RevisionSituation.OnTheWay(var reason, var message, var until) ->
          lookingAgain(view, plan(view, verifying(reason, message)), until);
      case RevisionSituation.Unwatched(var session, var seconds) ->
          creating(
              plan(view, verifying(RevisionReason.Verifying, "A viewer is being started")),
              viewers.desired(session, viewerName(view.revision()), seconds));
      case RevisionSituation.Passed(var reason, var message) ->
          over(view, List.of(isTrue(ConditionType.VERIFIED, reason, message)));
      case RevisionSituation.Failed(var reason, var message) ->
          over(view, failed(reason, message + quotation(view)));
      case RevisionSituation.Spoilt(var session, var message, var counts) ->
          deleting(spoilt(view, session, message, counts), session);
    };
  }

  /** Whose last lines are to be read before the plan is made: they say more than the failure. */
  Optional<Pod> toQuote(RevisionView view) {
    return RevisionSituationFinder.find(view) instanceof RevisionSituation.Failed(var reason, _)
            && UNEXPLAINED.contains(reason)
        ? view.pod().filter(pod -> pod.nodeName().isPresent()).map(PodFacts::pod)
        : Optional.empty();
  }

  /** Nothing could be made for the trial, because a quota is full. */
  static StreamingAppRevisionStatus withoutRoom(RevisionView view, String words) {
    return plan(view, verifying(RevisionReason.WaitingForCapacity, words)).status();
  }

  /** The API server takes no session for the trial, or no viewer. */
  static StreamingAppRevisionStatus refused(RevisionView view, String words) {
    return plan(
            view,
            failed(RevisionReason.SessionFailed, "The API server refuses its trial: " + words))
        .status();
  }

  /** Name of the pod that watches the session that tries a revision. */
  static String viewerName(StreamingAppRevision revision) {
    return revision.getMetadata().getName() + "-viewer";
  }

  private static RevisionPlan plan(RevisionView view, List<Condition> conditions) {
    return plan(view, conditions, view.reported().spoiltTries());
  }

  private static RevisionPlan plan(
      RevisionView view, List<Condition> conditions, List<String> spoiltTries) {
    var status =
        new StreamingAppRevisionStatus(
            Conditions.carryOver(
                view.reported().conditions(), conditions, view.revision(), view.now()),
            view.pod().flatMap(PodFacts::image).orElse(view.reported().imageDigest()),
            spoiltTries);
    return new RevisionPlan(status, List.of(), List.of(), Optional.empty());
  }

  /** What it said is of a time that is past: the next trial is made afresh. */
  private static RevisionPlan superseded(RevisionView view) {
    var plan =
        plan(
            view,
            verifying(
                RevisionReason.Superseded,
                "Its app says something else by now; it is tried when the app says this again"));
    return view.trial()
        .filter(trial -> !trial.isMarkedForDeletion())
        .map(trial -> deleting(plan, trial))
        .orElse(plan);
  }

  private static RevisionPlan spoilt(
      RevisionView view, StreamSession session, String message, boolean counts) {
    var before = view.reported().spoiltTries();
    var tries =
        counts
            ? Stream.concat(before.stream(), Stream.of(session.getMetadata().getUid()))
                .distinct()
                .toList()
            : before;
    return plan(view, verifying(RevisionReason.Verifying, "Once more. " + message), tries);
  }

  /** Where nothing is tried any more, nothing that was needed for it stays. */
  private static RevisionPlan over(RevisionView view, List<Condition> conditions) {
    var plan = plan(view, conditions);
    var live =
        view.session()
            .filter(session -> Owners.owns(view.revision(), session))
            .filter(session -> !session.hasEnded() && !session.isMarkedForDeletion());
    return live.isPresent()
        ? deleting(plan, live.get())
        : view.viewer()
            .filter(viewer -> !viewer.isDeleted())
            .map(viewer -> deleting(plan, viewer.pod()))
            .orElse(plan);
  }

  private static String quotation(RevisionView view) {
    return view.lastLines().map(lines -> "; its last lines: " + lines).orElse("");
  }

  private static List<Condition> failed(RevisionReason reason, String message) {
    return List.of(isFalse(ConditionType.VERIFIED, reason, message));
  }

  private static List<Condition> verifying(RevisionReason reason, String message) {
    return List.of(unknown(ConditionType.VERIFIED, reason, message));
  }

  private static RevisionPlan creating(RevisionPlan plan, HasMetadata resource) {
    return new RevisionPlan(plan.status(), List.of(resource), plan.delete(), plan.lookAgainIn());
  }

  private static RevisionPlan deleting(RevisionPlan plan, HasMetadata resource) {
    return new RevisionPlan(plan.status(), plan.create(), List.of(resource), plan.lookAgainIn());
  }

  private static RevisionPlan lookingAgain(
      RevisionView view, RevisionPlan plan, Optional<Instant> until) {
    return new RevisionPlan(
        plan.status(),
        plan.create(),
        plan.delete(),
        until.map(time -> Duration.between(view.now(), time)));
  }

  /** It has the revision's name, is pinned to it, and goes with it. */
  private static StreamSession sessionFor(
      StreamingAppRevision revision, StreamingApp app, Verification verification) {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder()
            .withName(revision.getMetadata().getName())
            .withNamespace(revision.getMetadata().getNamespace())
            .withLabels(Map.of(Labels.VERIFIES, revision.getMetadata().getName()))
            .withOwnerReferences(Owners.controller(revision))
            .build());
    session.setSpec(
        new StreamSessionSpec(
            app.getMetadata().getName(),
            null,
            revision.getMetadata().getName(),
            null,
            verification.parameters(),
            0,
            new LifetimeWishes(FOR_LONG, FOR_LONG, 0, null, null, 0, KEPT_SECONDS)));
    return session;
  }
}
