package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.EnumSet;
import java.util.Optional;
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
          EndReason.PodLost,
          EndReason.Preempted);

  /** True if somebody should look at it. */
  boolean isFailure() {
    return FAILURES.contains(reason);
  }

  /** It ended for another one; whose, is nobody's business. */
  static End preempted() {
    return new End(EndReason.Preempted, "It made room for a session of higher priority");
  }

  /** What a pod that is over died of. */
  static End of(PodFacts pod) {
    var said = pod.termination().flatMap(End::lastWord);
    if (pod.preemptedFor().isPresent()) {
      return said.filter(end -> end.reason() != EndReason.NodeDrained).orElseGet(End::preempted);
    }
    return said.or(() -> pod.termination().map(End::withoutLastWord))
        .orElseGet(() -> withoutContainer(pod));
  }

  private static End withoutContainer(PodFacts pod) {
    var words = (pod.reason() + " " + pod.message()).strip();
    return new End(
        EndReason.PodLost,
        "The pod ended before its container" + (words.isEmpty() ? "" : ": " + words));
  }

  /** What our runtime said; empty where it is an app's own word, or the tail of its log. */
  private static Optional<End> lastWord(ContainerStateTerminated container) {
    try {
      var last = TerminationMessage.parse(words(container));
      return Optional.of(new End(EndReason.valueOf(last.reason().word()), last.message()))
          .filter(end -> RUNTIMES_OWN.contains(end.reason()));
    } catch (BadMessageException e) {
      return Optional.empty();
    }
  }

  private static End withoutLastWord(ContainerStateTerminated container) {
    var words = words(container);
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

  private static String words(ContainerStateTerminated container) {
    return container.getMessage() == null ? "" : container.getMessage().strip();
  }
}
