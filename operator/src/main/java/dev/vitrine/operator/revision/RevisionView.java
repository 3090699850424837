package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Owners;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything one reconciliation of a revision may look at: frozen, and without a client.
 *
 * @param app the revision's, if it exists
 * @param session the one that has the revision's name, if there is one
 * @param pod that session's
 * @param viewer the pod that watches it
 * @param lastLines of the container in {@code pod}; read only for a revision that is about to fail
 */
record RevisionView(
    StreamingAppRevision revision,
    Optional<StreamingApp> app,
    Optional<StreamSession> session,
    Optional<PodFacts> pod,
    Optional<PodFacts> viewer,
    Optional<String> lastLines,
    Instant now) {

  /** This view after a look into the container's log. */
  RevisionView withLastLines(Optional<String> lines) {
    return new RevisionView(revision, app, session, pod, viewer, lines, now);
  }

  /** The session that has its name, if the controller made it to try it. */
  Optional<StreamSession> trial() {
    return session
        .filter(StreamSession::triesRevision)
        .filter(known -> Owners.owns(revision, known));
  }

  /** fabric8 hands out null for an absent status; this is the one place that knows. */
  StreamingAppRevisionStatus reported() {
    return revision.getStatus() == null ? StreamingAppRevisionStatus.empty() : revision.getStatus();
  }
}
