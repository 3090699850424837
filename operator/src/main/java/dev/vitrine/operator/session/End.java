package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.EnumSet;
import java.util.Set;

/** Why a session is over, and a sentence on it. */
record End(EndReason reason, String message) {

  /** What a runtime may say of its own end; all else is the control plane's to say. */
  private static final Set<EndReason> RUNTIMES_OWN =
      EnumSet.of(
          EndReason.ClosedByViewer,
          EndReason.ConnectTimeout,
          EndReason.ReconnectTimeout,
          EndReason.IdleTimeout,
          EndReason.MaxDuration,
          EndReason.AppExited,
          EndReason.AppFailed,
          EndReason.DeviceLost,
          EndReason.NodeDrained);

  private static final Set<EndReason> FAILURES =
      EnumSet.of(
          EndReason.Rejected,
          EndReason.StartTimeout,
          EndReason.AppFailed,
          EndReason.DeviceLost,
          EndReason.PodLost);

  /** True if somebody should look at it. */
  boolean isFailure() {
    return FAILURES.contains(reason);
  }

  /** What a pod that is over died of. */
  static End of(PodFacts pod) {
    return pod.termination().map(End::of).orElseGet(() -> withoutContainer(pod));
  }

  private static End withoutContainer(PodFacts pod) {
    var words = (pod.reason() + " " + pod.message()).strip();
    return new End(
        EndReason.PodLost,
        "The pod ended before its container" + (words.isEmpty() ? "" : ": " + words));
  }

  private static End of(ContainerStateTerminated container) {
    var words = container.getMessage() == null ? "" : container.getMessage().strip();
    try {
      var last = TerminationMessage.parse(words);
      var reason = EndReason.valueOf(last.reason().word());
      if (RUNTIMES_OWN.contains(reason)) {
        return new End(reason, last.message());
      }
    } catch (BadMessageException e) {
      // Not our runtime's last word: an app's own, or the tail of its log.
    }
    return withoutLastWord(container, words);
  }

  private static End withoutLastWord(ContainerStateTerminated container, String words) {
    var tail = words.isEmpty() ? "" : "; its last words: " + words;
    if ("OOMKilled".equals(container.getReason())) {
      return new End(
          EndReason.AppFailed, "The container used more memory than its class allows" + tail);
    }
    return container.getExitCode() == 0
        ? new End(EndReason.AppExited, "The application ended" + tail)
        : new End(
            EndReason.AppFailed,
            "The application ended with exit code %d%s".formatted(container.getExitCode(), tail));
  }
}
