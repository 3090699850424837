package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.StatusPatch;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.time.InstantSource;

/** Looks, asks the planner, carries the plan out. Every decision is {@link RevisionPlanner}'s. */
@ControllerConfiguration(name = "streamingapprevision", fieldManager = FieldManager.CONTROLLER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public class RevisionReconciler implements Reconciler<StreamingAppRevision> {

  /** Until every cache is complete, which takes a moment when a controller starts. */
  private static final Duration UNTIL_STARTED = Duration.ofMillis(50);

  private final Placements placements;
  private final InstantSource clock;

  public RevisionReconciler(Placements placements, InstantSource clock) {
    this.placements = placements;
    this.clock = clock;
  }

  @Override
  public UpdateControl<StreamingAppRevision> reconcile(
      StreamingAppRevision revision, Context<StreamingAppRevision> context) {
    if (!placements.isStarted()) {
      return UpdateControl.<StreamingAppRevision>noUpdate().rescheduleAfter(UNTIL_STARTED);
    }
    var view = new RevisionView(revision, clock.instant());
    var status = RevisionPlanner.plan(view);
    return status.equals(view.reported())
        ? UpdateControl.noUpdate()
        : UpdateControl.patchStatus(StatusPatch.of(new StreamingAppRevision(), revision, status));
  }
}
