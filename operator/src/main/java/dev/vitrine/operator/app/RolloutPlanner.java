package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.RolloutReason;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides how new sessions go over to a new revision; touches nothing. */
final class RolloutPlanner {

  private RolloutPlanner() {}

  static RolloutReport plan(AppView view, Optional<StreamingAppRevision> current) {
    if (current.isEmpty()) {
      return unverified(view, waiting(RolloutReason.Verifying, "The new revision is being made"));
    }
    var verified = Revisions.verified(current.get());
    if (verified.filter(it -> it.getStatus().equals("True")).isEmpty()) {
      return unverified(
          view,
          verified
              .map(RolloutPlanner::untilVerified)
              .orElseGet(
                  () -> waiting(RolloutReason.Verifying, "The new revision is being verified")));
    }
    var under = under(view, current.get());
    return stable(view, current.get())
        .map(stable -> stepwise(view, current.get(), stable, under))
        .or(
            () ->
                under.filter(it -> it.rollbackReason() != null).map(RolloutPlanner::withoutStable))
        .orElseGet(() -> complete(current.get()));
  }

  /** How far it has come, if it is what is being rolled out, or was. */
  private static Optional<RolloutProgress> under(AppView view, StreamingAppRevision current) {
    return Optional.ofNullable(view.reported().rollout())
        .filter(progress -> progress.revision().equals(Revisions.name(current)));
  }

  /** The revision that had all new sessions before; empty if there was none. */
  private static Optional<StreamingAppRevision> stable(AppView view, StreamingAppRevision current) {
    var progress = view.reported().rollout();
    var before =
        progress == null
            ? view.reported().revisions().stream()
                .max(Comparator.comparingInt(RevisionShare::percent))
                .map(RevisionShare::name)
            : Optional.of(progress.stable());
    return before
        .filter(name -> !name.equals(Revisions.name(current)))
        .flatMap(name -> Revisions.find(view, name));
  }

  private static RolloutReport stepwise(
      AppView view,
      StreamingAppRevision current,
      StreamingAppRevision stable,
      Optional<RolloutProgress> under) {
    var rollout = view.app().getSpec().rollout();
    if (under.isPresent() && under.get().rollbackReason() != null) {
      return rolledBack(stable, under.get());
    }
    if (under.isPresent() && view.outcomes().exceed(rollout.maxFailurePercent())) {
      return rolledBack(stable, rollback(under.get(), view));
    }
    if (rollout.state() == Rollout.State.Paused) {
      return paused(view, current, stable, under);
    }
    var progress =
        under
            .map(it -> advanced(it, rollout, view.now()))
            .orElseGet(() -> begin(view, current, stable));
    return progress.step() >= rollout.steps().size()
        ? complete(current)
        : step(rollout, progress, current, stable);
  }

  private static RolloutProgress begin(
      AppView view, StreamingAppRevision current, StreamingAppRevision stable) {
    return new RolloutProgress(
        Revisions.name(current),
        Revisions.name(stable),
        0,
        Times.micros(view.now()),
        Times.micros(view.now()),
        null);
  }

  /** One step at a time: whoever was away for long does not jump over what was to be watched. */
  private static RolloutProgress advanced(RolloutProgress progress, Rollout rollout, Instant now) {
    if (progress.step() < rollout.steps().size() && now.isBefore(dueAt(progress, rollout))) {
      return progress;
    }
    return new RolloutProgress(
        progress.revision(),
        progress.stable(),
        progress.step() + 1,
        progress.startedAt(),
        Times.micros(now),
        null);
  }

  private static Instant dueAt(RolloutProgress progress, Rollout rollout) {
    return Times.parse(progress.sinceAt())
        .orElse(Instant.MIN)
        .plusSeconds(rollout.steps().get(progress.step()).holdSeconds());
  }

  private static RolloutProgress rollback(RolloutProgress progress, AppView view) {
    var outcomes = view.outcomes();
    return new RolloutProgress(
        progress.revision(),
        progress.stable(),
        progress.step(),
        progress.startedAt(),
        progress.sinceAt(),
        "%d of %d sessions that revision %s was given by its share failed, more than spec.rollout.maxFailurePercent allows (%d)"
            .formatted(
                outcomes.failed(),
                outcomes.begun(),
                progress.revision(),
                view.app().getSpec().rollout().maxFailurePercent()));
  }

  private static RolloutReport step(
      Rollout rollout,
      RolloutProgress progress,
      StreamingAppRevision current,
      StreamingAppRevision stable) {
    var percent = rollout.steps().get(progress.step()).percent();
    return new RolloutReport(
        shares(current, stable, percent),
        progress,
        waiting(
            RolloutReason.Progressing,
            "Step %d of %d: %d of a hundred new sessions get revision %s"
                .formatted(
                    progress.step() + 1, rollout.steps().size(), percent, progress.revision())),
        Optional.of(dueAt(progress, rollout)));
  }

  private static RolloutReport paused(
      AppView view,
      StreamingAppRevision current,
      StreamingAppRevision stable,
      Optional<RolloutProgress> under) {
    var percent =
        view.reported().revisions().stream()
            .filter(share -> under.isPresent() && share.name().equals(Revisions.name(current)))
            .map(RevisionShare::percent)
            .findFirst();
    return new RolloutReport(
        percent
            .map(share -> shares(current, stable, share))
            .orElseGet(() -> List.of(Revisions.share(stable, 100))),
        under.orElse(null),
        waiting(RolloutReason.Paused, "spec.rollout.state is Paused: set it to Running to go on"),
        Optional.empty());
  }

  private static RolloutReport rolledBack(StreamingAppRevision stable, RolloutProgress progress) {
    return rolledBack(
        List.of(Revisions.share(stable, 100)), progress, String.valueOf(progress.rollbackReason()));
  }

  /** What failed does not come back because what served is gone. */
  private static RolloutReport withoutStable(RolloutProgress progress) {
    return rolledBack(
        List.of(),
        progress,
        "%s; revision %s, which served before, is gone: change the app, or delete revision %s to have it tried again"
            .formatted(
                String.valueOf(progress.rollbackReason()), progress.stable(), progress.revision()));
  }

  private static RolloutReport rolledBack(
      List<RevisionShare> shares, RolloutProgress progress, String message) {
    return new RolloutReport(
        shares,
        progress,
        isFalse(ConditionType.ROLLOUT_COMPLETE, RolloutReason.RolledBack, message),
        Optional.empty());
  }

  private static RolloutReport complete(StreamingAppRevision current) {
    return new RolloutReport(
        List.of(Revisions.share(current, 100)),
        null,
        isTrue(
            ConditionType.ROLLOUT_COMPLETE,
            RolloutReason.RolledOut,
            "New sessions get revision " + Revisions.name(current)),
        Optional.empty());
  }

  /** Those that had new sessions before go on having them. */
  private static RolloutReport unverified(AppView view, Condition condition) {
    var stable =
        Optional.ofNullable(view.reported().rollout())
            .map(RolloutProgress::stable)
            .flatMap(name -> Revisions.find(view, name))
            .map(revision -> List.of(Revisions.share(revision, 100)));
    var before =
        view.reported().revisions().stream()
            .filter(share -> Revisions.find(view, share.name()).isPresent())
            .toList();
    return new RolloutReport(stable.orElse(before), null, condition, Optional.empty());
  }

  private static Condition untilVerified(Condition verified) {
    if (verified.getStatus().equals("False")) {
      return isFalse(
          ConditionType.ROLLOUT_COMPLETE, RolloutReason.VerificationFailed, verified.getMessage());
    }
    var reason =
        verified.getReason().equals(RevisionReason.WaitingForCapacity.name())
            ? RolloutReason.WaitingForCapacity
            : RolloutReason.Verifying;
    return waiting(reason, verified.getMessage());
  }

  private static Condition waiting(RolloutReason reason, String message) {
    return unknown(ConditionType.ROLLOUT_COMPLETE, reason, message);
  }

  private static List<RevisionShare> shares(
      StreamingAppRevision current, StreamingAppRevision stable, int percent) {
    return List.of(Revisions.share(current, percent), Revisions.share(stable, 100 - percent));
  }
}
