package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.support.Conditions;
import java.util.List;

/** Decides about revisions; touches nothing. The same view always gives the same plan. */
final class RevisionPlanner {

  private RevisionPlanner() {}

  static StreamingAppRevisionStatus plan(RevisionView view) {
    var verified =
        Conditions.isTrue(
            ConditionType.VERIFIED, RevisionReason.NotAsked, "No verification is asked for");
    return new StreamingAppRevisionStatus(
        Conditions.carryOver(
            view.reported().conditions(), List.of(verified), view.revision(), view.now()),
        view.reported().imageDigest());
  }
}
