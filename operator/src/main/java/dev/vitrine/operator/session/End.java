package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.EnumSet;
import java.util.Objects;
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
          EndReason.PodLost);

  /** Nothing is known of its end. */
  static final End POD_LOST = new End(EndReason.PodLost, "The pod is gone, or its node");

  /** Exit codes of a process that was ended by SIGKILL, and by SIGTERM. */
  private static final Set<Integer> KILLED = Set.of(128 + 9, 128 + 15);

  /** True if somebody should look at it. */
  boolean isFailure() {
    return FAILURES.contains(reason);
  }

  /** What a pod that is over died of. */
  static End of(PodFacts pod) {
    return pod.termination().map(it -> of(it, pod)).orElseGet(() -> withoutContainer(pod));
  }

  /** What a pod that is gone had reported of its end, if it had. */
  static End ofGonePod(Optional<Connection> report) {
    return report.flatMap(End::reported).orElse(POD_LOST);
  }

  private static Optional<End> reported(Connection last) {
    var reason = last.endReason();
    return reason != null && RUNTIMES_OWN.contains(reason)
        ? Optional.of(new End(reason, Objects.requireNonNullElse(last.message(), "")))
        : Optional.empty();
  }

  /** Of a pod that somebody had stopped, and that had no time for a word of its own. */
  static End toldToStop(PodFacts pod) {
    return new End(
        EndReason.NodeDrained, withDisruption("The session's pod was told to stop.", pod));
  }

  private static End withoutContainer(PodFacts pod) {
    if (pod.isToldToStop()) {
      return toldToStop(pod);
    }
    var words = (pod.reason() + " " + pod.message()).strip();
    return new End(
        EndReason.PodLost,
        "The pod ended before its container" + (words.isEmpty() ? "" : ": " + words));
  }

  private static End of(ContainerStateTerminated container, PodFacts pod) {
    var words = container.getMessage() == null ? "" : container.getMessage().strip();
    try {
      var last = TerminationMessage.parse(words);
      var reason = EndReason.valueOf(last.reason().word());
      if (reason == EndReason.NodeDrained) {
        return new End(reason, withDisruption(last.message(), pod));
      }
      if (RUNTIMES_OWN.contains(reason)) {
        return new End(reason, last.message());
      }
    } catch (BadMessageException e) {
      // Not our runtime's last word: an app's own, or the tail of its log.
    }
    return withoutLastWord(container, words, pod);
  }

  private static End withoutLastWord(
      ContainerStateTerminated container, String words, PodFacts pod) {
    var tail = words.isEmpty() ? "" : "; its last words: " + words;
    if ("OOMKilled".equals(container.getReason())) {
      return new End(
          EndReason.AppFailed, "The container used more memory than its class allows" + tail);
    }
    if (pod.isToldToStop() && KILLED.contains(container.getExitCode())) {
      return toldToStop(pod);
    }
    return container.getExitCode() == 0
        ? new End(EndReason.AppExited, "The application ended" + tail)
        : new End(
            EndReason.AppFailed,
            "The application ended with exit code %d%s".formatted(container.getExitCode(), tail));
  }

  private static String withDisruption(String sentence, PodFacts pod) {
    return pod.disruption().map(words -> sentence + " " + words).orElse(sentence);
  }
}
