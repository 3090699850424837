package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import java.util.List;
import java.util.Optional;

/** Which revisions get the new sessions of an app. */
final class Shares {

  private Shares() {}

  /** The current revision once it is verified; until then those that got them before. */
  static List<RevisionShare> of(AppView view, Optional<StreamingAppRevision> current) {
    return current
        .filter(Revisions::isVerified)
        .map(revision -> List.of(share(revision, 100)))
        .orElseGet(() -> stillThere(view));
  }

  private static List<RevisionShare> stillThere(AppView view) {
    return view.reported().revisions().stream()
        .filter(
            share ->
                view.revisions().stream()
                    .anyMatch(revision -> revision.getMetadata().getName().equals(share.name())))
        .toList();
  }

  private static RevisionShare share(StreamingAppRevision revision, int percent) {
    return new RevisionShare(
        revision.getMetadata().getName(), revision.getSpec().version(), percent);
  }
}
