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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides about revisions; touches nothing. The same view always gives the same plan. */
final class RevisionPlanner {

  /** An ended trial is kept to be looked at. */
  private static final int KEPT_SECONDS = 600;

  /** The revision's own time is counted here, and not while it waits for room. */
  private static final int FOR_LONG = 86_400;

  private final ViewerPodFactory viewers;

  RevisionPlanner(ViewerPodFactory viewers) {
    this.viewers = viewers;
  }

  RevisionPlan plan(RevisionView view) {
    return switch (RevisionSituationFinder.find(view)) {
      case RevisionSituation.Settled() -> plan(view, view.reported().conditions());
      case RevisionSituation.Abandoned() ->
          new RevisionPlan(view.reported(), List.of(), List.of(), Optional.empty());
      case RevisionSituation.Untried(var app, var verification) ->
          creating(
              plan(view, verifying(RevisionReason.Verifying, "A session is being made for it")),
              sessionFor(view.revision(), app, verification));
      case RevisionSituation.OnTheWay(var reason, var message, var until) ->
          lookingAgain(view, plan(view, verifying(reason, message)), until);
      case RevisionSituation.Unwatched(var session, var until) ->
          lookingAgain(
              view,
              creating(
                  plan(view, verifying(RevisionReason.Verifying, "A viewer is being started")),
                  viewers.desired(
                      session,
                      viewerName(view.revision()),
                      Math.max(1, Duration.between(view.now(), until).toSeconds()))),
              Optional.of(until));
      case RevisionSituation.Passed(var reason, var message) ->
          plan(view, List.of(isTrue(ConditionType.VERIFIED, reason, message)));
      case RevisionSituation.Failed(var reason, var message) ->
          plan(view, List.of(isFalse(ConditionType.VERIFIED, reason, message)));
      case RevisionSituation.Spoilt(var session, var message) ->
          deleting(
              plan(view, verifying(RevisionReason.Verifying, "Once more. " + message)), session);
    };
  }

  /** Nothing could be made for the trial, because a quota is full. */
  static StreamingAppRevisionStatus withoutRoom(RevisionView view, String words) {
    return plan(view, verifying(RevisionReason.WaitingForCapacity, words)).status();
  }

  /** Name of the pod that watches the session that tries a revision. */
  static String viewerName(StreamingAppRevision revision) {
    return revision.getMetadata().getName() + "-viewer";
  }

  /** Where nothing is tried any more, nothing that was needed for it stays. */
  private static RevisionPlan plan(RevisionView view, List<Condition> conditions) {
    var status =
        new StreamingAppRevisionStatus(
            Conditions.carryOver(
                view.reported().conditions(), conditions, view.revision(), view.now()),
            view.pod().flatMap(PodFacts::image).orElse(view.reported().imageDigest()));
    var settled = conditions.stream().noneMatch(it -> it.getStatus().equals("Unknown"));
    var plan = new RevisionPlan(status, List.of(), List.of(), Optional.empty());
    if (!settled) {
      return plan;
    }
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
