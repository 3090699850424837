package dev.vitrine.operator.session;

import dev.vitrine.protocol.Assignment;
import io.fabric8.kubernetes.api.model.Pod;

/** Something to be done for a session, beside reporting its status. */
sealed interface Action {

  /** Does nothing if the pod is there already. */
  record CreatePod(Pod pod) implements Action {}

  /** Lets the pod say goodbye; does nothing if it is gone. */
  record DeletePod(PodFacts pod) implements Action {}

  /** Sets or takes away the label that says that a viewer is connected. */
  record LabelConnected(PodFacts pod, boolean connected) implements Action {}

  /** Tells the pod of the session; the answer comes as a fact of a later view. */
  record Assign(PodFacts pod, Assignment assignment) implements Action {}

  /** Asks the pod how it is; the answer comes as a fact of a later view. */
  record AskState(PodFacts pod) implements Action {}

  /** The ended session has been kept for long enough. */
  record DeleteSession() implements Action {}
}
