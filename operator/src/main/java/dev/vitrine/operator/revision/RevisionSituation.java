package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.Rollout.Verification;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import java.time.Instant;
import java.util.Optional;

/** Where the verification of a revision stands, worked out afresh; never stored. */
sealed interface RevisionSituation {

  /** It passed or failed: a fact in its status. */
  record Settled() implements RevisionSituation {}

  /** Its app is gone or going. */
  record Abandoned() implements RevisionSituation {}

  /** Its app says something else by now. */
  record Superseded() implements RevisionSituation {}

  /** Nobody tries it so far. */
  record Untried(StreamingApp app, Verification verification) implements RevisionSituation {}

  /**
   * It is being tried.
   *
   * @param until when that will have taken too long; empty while it waits for others
   */
  record OnTheWay(RevisionReason reason, String message, Optional<Instant> until)
      implements RevisionSituation {}

  /**
   * Its session can be joined, and nobody watches.
   *
   * @param seconds how long somebody is to
   */
  record Unwatched(StreamSession session, int seconds) implements RevisionSituation {}

  /** It serves. */
  record Passed(RevisionReason reason, String message) implements RevisionSituation {}

  /** It does not serve. */
  record Failed(RevisionReason reason, String message) implements RevisionSituation {}

  /**
   * Its trial ended, and said nothing of the revision: once more.
   *
   * @param counts whether it had what it needed, and should have come to a verdict
   */
  record Spoilt(StreamSession session, String message, boolean counts)
      implements RevisionSituation {}
}
