package dev.vitrine.operator.session;

import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.Assignment;

/** Something to be done for a session, beside reporting its status. */
sealed interface Action {

  /** Asks for a pod; what comes of it is a fact of a later view. */
  record AskForPod(PodRequest request) implements Action {}

  /** Lets the pod say goodbye; does nothing if it is gone. */
  record DeletePod(PodFacts pod) implements Action {}

  /** Sets or takes away the label that says that a viewer is connected. */
  record LabelConnected(PodFacts pod, boolean connected) implements Action {}

  /** Tells the pod of the session; the answer comes as a fact of a later view. */
  record Assign(PodFacts pod, Assignment assignment) implements Action {}

  /** Asks the pod how it is; the answer comes as a fact of a later view. */
  record AskState(PodFacts pod) implements Action {}

  /** Takes away what a runtime reported whose pod is the session's no more. */
  record ForgetReport() implements Action {}

  /** The ended session has been kept for long enough. */
  record DeleteSession() implements Action {}
}
