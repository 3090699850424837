package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a session's lifetimes runs out first. */
public final class SessionRules {

  private final Lifetimes lifetimes;
  private final Duration drain;

  /**
   * @param drain how long a viewer may stay after the pod was told to stop
   */
  public SessionRules(Lifetimes lifetimes, Duration drain) {
    this.lifetimes = lifetimes;
    this.drain = drain;
  }

  /** What limits the session now. */
  public List<Deadline> deadlines(SessionFacts facts) {
    return Stream.of(connect(facts), reconnect(facts), idle(facts), maximum(facts), drained(facts))
        .flatMap(Optional::stream)
        .toList();
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
    return warned(
        since,
        lifetimes.idleSeconds(),
        EndReason.IDLE_TIMEOUT,
        "The viewer did nothing for %d seconds.");
  }

  private Optional<Deadline> maximum(SessionFacts facts) {
    return warned(
        facts.assignedAt(),
        lifetimes.maxSeconds(),
        EndReason.MAX_DURATION,
        "The session reached its longest duration of %d seconds.");
  }

  /** Only a viewer who is there is waited for. */
  private Optional<Deadline> drained(SessionFacts facts) {
    return Optional.ofNullable(facts.drainedAt())
        .map(
            told ->
                new Deadline(
                    facts.isConnected() ? told.plus(drain) : told,
                    told,
                    EndReason.NODE_DRAINED,
                    "The session's pod was told to stop."));
  }

  /** For lifetimes that end under the viewer's eyes: with a warning. 0 means: no limit. */
  private Optional<Deadline> warned(Instant since, int seconds, EndReason reason, String message) {
    if (seconds == 0) {
      return Optional.empty();
    }
    // Of a short time half passes in peace.
    int ahead = Math.min(lifetimes.warningSeconds(), seconds / 2);
    var at = since.plusSeconds(seconds);
    return Optional.of(
        new Deadline(at, at.minusSeconds(ahead), reason, message.formatted(seconds)));
  }

  private static Optional<Deadline> after(
      Instant since, int seconds, EndReason reason, String message) {
    var at = since.plusSeconds(seconds);
    return Optional.of(new Deadline(at, at, reason, message.formatted(seconds)));
  }
}
