package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a session's lifetimes runs out first. */
public final class SessionRules {

  private final Lifetimes lifetimes;

  public SessionRules(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  /** The earliest deadline, empty when nothing limits the session now. */
  public Optional<Deadline> nextDeadline(SessionFacts facts) {
    return Stream.of(connect(facts), reconnect(facts), idle(facts), maximum(facts))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(Deadline::at));
  }

  private Optional<Deadline> connect(SessionFacts facts) {
    return facts.connectedAt() != null
        ? Optional.empty()
        : after(
            facts.assignedAt(),
            lifetimes.connectSeconds(),
            EndReason.CONNECT_TIMEOUT,
            "Nobody connected within %d seconds.");
  }

  private Optional<Deadline> reconnect(SessionFacts facts) {
    var since = facts.disconnectedAt();
    if (since == null) {
      return Optional.empty();
    }
    return facts.saidGoodbye()
        ? after(
            since,
            lifetimes.reconnectSeconds(),
            EndReason.CLOSED_BY_VIEWER,
            "The viewer closed the page and did not come back within %d seconds.")
        : after(
            since,
            lifetimes.reconnectSeconds(),
            EndReason.RECONNECT_TIMEOUT,
            "The viewer's connection was lost and did not come back within %d seconds.");
  }

  private Optional<Deadline> idle(SessionFacts facts) {
    var connectedAt = facts.connectedAt();
    if (connectedAt == null || !facts.isConnected()) {
      return Optional.empty();
    }
    var input = facts.lastInputAt();
    var since = input != null && input.isAfter(connectedAt) ? input : connectedAt;
    return unlessZero(
        since,
        lifetimes.idleSeconds(),
        EndReason.IDLE_TIMEOUT,
        "The viewer did nothing for %d seconds.");
  }

  private Optional<Deadline> maximum(SessionFacts facts) {
    return unlessZero(
        facts.assignedAt(),
        lifetimes.maxSeconds(),
        EndReason.MAX_DURATION,
        "The session reached its longest duration of %d seconds.");
  }

  /** For lifetimes of which 0 means: no limit. They end under the viewer's eyes: with a warning. */
  private Optional<Deadline> unlessZero(
      Instant since, int seconds, EndReason reason, String message) {
    if (seconds == 0) {
      return Optional.empty();
    }
    // Of a short time half passes in peace.
    var warning = Duration.ofSeconds(seconds).dividedBy(2);
    var wanted = Duration.ofSeconds(lifetimes.warningSeconds());
    var at = since.plusSeconds(seconds);
    var warnAt = at.minus(wanted.compareTo(warning) < 0 ? wanted : warning);
    return Optional.of(new Deadline(at, warnAt, reason, message.formatted(seconds)));
  }

  private static Optional<Deadline> after(
      Instant since, int seconds, EndReason reason, String message) {
    var at = since.plusSeconds(seconds);
    return Optional.of(new Deadline(at, at, reason, message.formatted(seconds)));
  }
}
