package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.pod.PodFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything one reconciliation of a revision may look at: frozen, and without a client.
 *
 * @param app the revision's, if it exists
 * @param session the one that has the revision's name, if there is one
 * @param pod that session's
 * @param viewer the pod that watches it
 */
record RevisionView(
    StreamingAppRevision revision,
    Optional<StreamingApp> app,
    Optional<StreamSession> session,
    Optional<PodFacts> pod,
    Optional<PodFacts> viewer,
    Instant now) {

  /** fabric8 hands out null for an absent status; this is the one place that knows. */
  StreamingAppRevisionStatus reported() {
    return revision.getStatus() == null ? StreamingAppRevisionStatus.empty() : revision.getStatus();
  }
}
