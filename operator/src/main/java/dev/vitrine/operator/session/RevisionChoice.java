package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** Which revision of its app a session gets: the same one, however often it is asked. */
final class RevisionChoice {

  private RevisionChoice() {}

  /** Its name: the one that the session is pinned to, else by the revisions' shares. */
  static Optional<String> of(StreamSession session, StreamingApp app) {
    var pinned = session.getSpec().revision();
    if (pinned != null) {
      return Optional.of(pinned);
    }
    var shares = app.getStatus() == null ? List.<RevisionShare>of() : app.getStatus().revisions();
    var percent = Math.floorMod(session.getMetadata().getUid().hashCode(), 100);
    for (var share : shares) {
      percent -= share.percent();
      if (percent < 0) {
        return Optional.of(share.name());
      }
    }
    return Optional.empty();
  }

  /** Why the session cannot have the revision that it is pinned to; empty if it can. */
  static Optional<String> refusal(SessionView view) {
    var pinned = view.session().getSpec().revision();
    if (pinned == null) {
      return Optional.empty();
    }
    var app = view.session().getSpec().app();
    return view.revision()
        .filter(revision -> revision.getSpec().app().equals(app))
        .map(RevisionChoice::failure)
        .orElseGet(
            () ->
                Optional.of(
                    "spec.revision: StreamingApp %s has no StreamingAppRevision %s"
                        .formatted(app, pinned)));
  }

  /** What the session's pin waits for; empty if for nothing. Only a trial has what is unproved. */
  static Optional<String> delay(SessionView view) {
    if (view.session().getSpec().revision() == null || view.isTrial()) {
      return Optional.empty();
    }
    return view.revision()
        .filter(
            revision -> verified(revision).filter(it -> it.getStatus().equals("True")).isEmpty())
        .map(
            revision ->
                "spec.revision: %s is not verified so far: %s"
                    .formatted(
                        revision.getMetadata().getName(),
                        verified(revision).map(Condition::getMessage).orElse("it is new")));
  }

  private static Optional<Condition> verified(StreamingAppRevision revision) {
    return Optional.ofNullable(revision.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.VERIFIED));
  }

  private static Optional<String> failure(StreamingAppRevision revision) {
    return verified(revision)
        .filter(verified -> verified.getStatus().equals("False"))
        .map(
            verified ->
                "spec.revision: %s failed its verification: %s"
                    .formatted(revision.getMetadata().getName(), verified.getMessage()));
  }
}
