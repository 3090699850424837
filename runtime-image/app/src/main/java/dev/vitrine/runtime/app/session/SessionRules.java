package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of a session's lifetimes runs out first, and whether its viewer may put that off. */
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
    return Stream.of(connect(facts), reconnect(facts), idle(facts), maximum(facts), stopped(facts))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * When the session's longest duration is over, extensions included. The viewer is warned of it,
   * and can extend it where the class allows.
   */
  public Optional<Deadline> maximum(SessionFacts facts) {
    int seconds = longest(facts.extensions());
    int added = facts.extensions() == 0 ? seconds : seconds - longest(facts.extensions() - 1);
    return warned(
        facts.assignedAt().plusSeconds(seconds),
        added,
        extendableSeconds(facts),
        EndReason.MAX_DURATION,
        "The session reached its longest duration of %d seconds.".formatted(seconds));
  }

  /** Why the session's longest duration cannot be extended; empty where it can. */
  public Optional<String> obstacleToExtension(SessionFacts facts) {
    if (facts.stop() != null) {
      return Optional.of("The session's pod was told to stop; that cannot be put off.");
    }
    if (lifetimes.maxSeconds() == 0) {
      return Optional.of("The session has no longest duration that could be extended.");
    }
    if (lifetimes.extensionSeconds() == 0) {
      return Optional.of("Sessions of this class cannot be extended.");
    }
    return longest(facts.extensions()) < lifetimes.ceilingSeconds()
        ? Optional.empty()
        : Optional.of(
            "No session of this class may last longer than %d seconds."
                .formatted(lifetimes.ceilingSeconds()));
  }

  private int extendableSeconds(SessionFacts facts) {
    return obstacleToExtension(facts).isPresent()
        ? 0
        : longest(facts.extensions() + 1) - longest(facts.extensions());
  }

  /** The session's longest duration after so many extensions. */
  private int longest(int extensions) {
    long wanted = lifetimes.maxSeconds() + (long) extensions * lifetimes.extensionSeconds();
    return (int) Math.min(wanted, lifetimes.ceilingSeconds());
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
        since.plusSeconds(lifetimes.idleSeconds()),
        lifetimes.idleSeconds(),
        0,
        EndReason.IDLE_TIMEOUT,
        "The viewer did nothing for %d seconds.".formatted(lifetimes.idleSeconds()));
  }

  /** Only a viewer who is there is waited for. */
  private Optional<Deadline> stopped(SessionFacts facts) {
    return Optional.ofNullable(facts.stop())
        .map(
            stop ->
                new Deadline(
                    facts.isConnected() ? stop.at().plus(drain) : stop.at(),
                    stop.at(),
                    0,
                    stop.reason(),
                    "The session's pod was told to stop."));
  }

  /**
   * For lifetimes that end under the viewer's eyes: with a warning.
   *
   * @param seconds how long the viewer has had until then; 0 for no end
   */
  private Optional<Deadline> warned(
      Instant at, int seconds, int extendableSeconds, EndReason reason, String message) {
    if (seconds == 0) {
      return Optional.empty();
    }
    // Of a short time half passes in peace.
    int ahead = Math.min(lifetimes.warningSeconds(), seconds / 2);
    return Optional.of(
        new Deadline(at, at.minusSeconds(ahead), extendableSeconds, reason, message));
  }

  private static Optional<Deadline> after(
      Instant since, int seconds, EndReason reason, String message) {
    var at = since.plusSeconds(seconds);
    return Optional.of(new Deadline(at, at, 0, reason, message.formatted(seconds)));
  }
}
