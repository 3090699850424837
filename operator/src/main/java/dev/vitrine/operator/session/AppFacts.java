package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the sessions of an app have to know of it. */
record AppFacts(
    String uid,
    Long generation,
    boolean deleted,
    Optional<Condition> ready,
    List<RevisionShare> revisions) {

  static AppFacts of(StreamingApp app) {
    var status = Objects.requireNonNullElse(app.getStatus(), StreamingAppStatus.empty());
    return new AppFacts(
        app.getMetadata().getUid(),
        app.getMetadata().getGeneration(),
        app.isMarkedForDeletion(),
        Conditions.find(status.conditions(), ConditionType.READY),
        status.revisions());
  }
}
