package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import java.time.Instant;

/** Everything one reconciliation of a revision may look at: frozen, and without a client. */
record RevisionView(StreamingAppRevision revision, Instant now) {

  /** fabric8 hands out null for an absent status; this is the one place that knows. */
  StreamingAppRevisionStatus reported() {
    return revision.getStatus() == null ? StreamingAppRevisionStatus.empty() : revision.getStatus();
  }
}
