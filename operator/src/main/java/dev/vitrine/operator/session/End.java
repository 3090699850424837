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
          EndReason.PodLost,
          EndReason.Preempted);

  private static final Set<EndReason> LOSSES =
      EnumSet.of(
          EndReason.AppFailed, EndReason.DeviceLost, EndReason.NodeDrained, EndReason.PodLost);

  /** Nothing is known of its end. */
  static final End POD_LOST = new End(EndReason.PodLost, "The pod is gone, or its node");

  /** Exit codes of a process that was ended by SIGKILL, and by SIGTERM. */
  private static final Set<Integer> KILLED = Set.of(128 + 9, 128 + 15);

  /** True if its pod failed it, and another one may not. */
  boolean isLoss() {
    return LOSSES.contains(reason);
  }

  /** True if somebody should look at it. */
  boolean isFailure() {
    return FAILURES.contains(reason);
  }

  /** It ended for another one; whose, is nobody's business. */
  static End preempted() {
    return new End(EndReason.Preempted, "It made room for a session of higher priority");
  }

  /** Nobody is to stream what is not offered any more. */
  static End appDeleted() {
    return new End(EndReason.AppDeleted, "The app was deleted");
  }

  /**
   * What a pod that is over died of.
   *
   * @param dismissal why it was told to stop, where that is the control plane's doing
   */
  static End of(PodFacts pod, Optional<End> dismissal) {
    var said = pod.termination().flatMap(End::lastWord);
    if (dismissal.isPresent()) {
      return said.map(end -> end.after(dismissal)).orElseGet(dismissal::get);
    }
    return said.map(end -> end.withDisruption(pod))
        .or(() -> pod.termination().map(it -> withoutLastWord(it, pod)))
        .orElseGet(() -> withoutContainer(pod));
  }

  /** What a runtime says of its end before its pod is over; empty while its session goes on. */
  static Optional<End> saidBy(PodFacts pod, Connection last, Optional<End> dismissal) {
    return last.state() == Connection.State.Ended
        ? reported(last).map(end -> end.withDisruption(pod).after(dismissal)).or(() -> dismissal)
        : Optional.empty();
  }

  /** What a pod that is gone had reported of its end, if it had. */
  static End ofGonePod(Optional<Connection> report) {
    return report.flatMap(End::reported).orElse(POD_LOST);
  }

  /** Of a pod that somebody had stopped, and that had no time for a word of its own. */
  static End toldToStop(PodFacts pod) {
    return new End(EndReason.NodeDrained, "The session's pod was told to stop.")
        .withDisruption(pod);
  }

  /** What it is of a pod that was told to stop for that: its doing, or an end of its own. */
  End after(Optional<End> dismissal) {
    return reason == EndReason.NodeDrained || reason == EndReason.PodLost
        ? dismissal.orElse(this)
        : this;
  }

  private static Optional<End> reported(Connection last) {
    var reason = last.endReason();
    return reason != null && RUNTIMES_OWN.contains(reason)
        ? Optional.of(new End(reason, Objects.requireNonNullElse(last.message(), "")))
        : Optional.empty();
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

  private static End withoutLastWord(ContainerStateTerminated container, PodFacts pod) {
    var words = words(container);
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

  /** With what Kubernetes says of why the pod was told to stop, if it does. */
  private End withDisruption(PodFacts pod) {
    return reason == EndReason.NodeDrained
        ? new End(reason, pod.disruption().map(words -> message + " " + words).orElse(message))
        : this;
  }

  private static String words(ContainerStateTerminated container) {
    return container.getMessage() == null ? "" : container.getMessage().strip();
  }
}
