package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.pod.PodFacts;
import java.time.Instant;

/** Where a session stands, worked out afresh from what was observed; never stored. */
sealed interface Situation {

  /** It has ended: a fact in its status. */
  record Over() implements Situation {}

  /** It is to end now. */
  record Ending(End end) implements Situation {}

  /**
   * Its pod, which was a warm one, is lost before its viewer connected: it gets another one.
   *
   * @param end what would be its end if it got none
   */
  record PodLost(LostPod pod, End end) implements Situation {}

  /** Its app, or the app's class, is not there or not ready, and may become so. */
  record AppPending(String message, Instant until) implements Situation {}

  /** It is accepted, has no pod, and nobody can say when it gets one. */
  record PodWanted(PodRequest request, Instant until) implements Situation {}

  /** It stands in line for a pod. */
  record InLine(PodRequest request, int place, String message, Instant until)
      implements Situation {}

  /** Its pod is not ready. */
  record PodStarting(PodFacts pod, SessionReason reason, String message, Instant until)
      implements Situation {}

  /** Its pod is ready and is to be told of it. */
  record Assignable(StreamingApp app, PodFacts pod, Instant until) implements Situation {}

  /**
   * Its pod accepted it.
   *
   * @param until when something is to be done about it: a deadline, or the end of its node's time
   */
  record Serving(PodFacts pod, Instant assignedAt, Instant until) implements Situation {}

  /**
   * Its pod was told to stop, or is to be told now: its viewer is being warned.
   *
   * @param goneBy when a pod that was told counts as lost
   */
  record Leaving(PodFacts pod, Instant assignedAt, Instant goneBy) implements Situation {}

  /** It should have ended by itself and the pod has not been asked why it has not. */
  record Overdue(PodFacts pod, Instant assignedAt) implements Situation {}
}
