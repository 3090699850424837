package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in a session so far. What follows from it is decided by {@link SessionRules}.
 *
 * @param assignedAt when the pod took the session
 * @param connectedAt when the viewer's present or last connection was made; null before the first
 * @param firstFrameAt when the viewer's page first showed a picture
 * @param disconnectedAt since when nobody is connected after somebody was; null otherwise
 * @param saidGoodbye whether the page announced that it closes
 * @param lastInputAt when the viewer last did something
 * @param extensions how often the viewer extended the session's longest duration
 * @param stop that the pod was told to stop; null for most
 */
public record SessionFacts(
    Instant assignedAt,
    @Nullable Instant connectedAt,
    @Nullable Instant firstFrameAt,
    @Nullable Instant disconnectedAt,
    boolean saidGoodbye,
    @Nullable Instant lastInputAt,
    int extensions,
    @Nullable Stop stop) {

  public static SessionFacts assigned(Instant now) {
    return new SessionFacts(now, null, null, null, false, null, 0, null);
  }

  public SessionFacts connected(Instant now) {
    return new SessionFacts(
        assignedAt, now, firstFrameAt, null, false, lastInputAt, extensions, stop);
  }

  /** Also for a goodbye before the connection is seen to end: the window starts at once. */
  public SessionFacts disconnected(Instant now, boolean goodbye) {
    var since = disconnectedAt == null ? now : disconnectedAt;
    return new SessionFacts(
        assignedAt,
        connectedAt,
        firstFrameAt,
        since,
        saidGoodbye || goodbye,
        lastInputAt,
        extensions,
        stop);
  }

  public SessionFacts sawFrame(Instant now) {
    return firstFrameAt != null
        ? this
        : new SessionFacts(
            assignedAt,
            connectedAt,
            now,
            disconnectedAt,
            saidGoodbye,
            lastInputAt,
            extensions,
            stop);
  }

  public SessionFacts gotInput(Instant now) {
    return inputAt(now, extensions);
  }

  /** Whoever extends the session is there: that is input, too. */
  public SessionFacts extended(Instant now) {
    return inputAt(now, extensions + 1);
  }

  /** The pod was told to stop, and why. */
  public record Stop(Instant at, EndReason reason) {}

  public SessionFacts stopped(Instant now, EndReason reason) {
    return stop != null
        ? this
        : new SessionFacts(
            assignedAt,
            connectedAt,
            firstFrameAt,
            disconnectedAt,
            saidGoodbye,
            lastInputAt,
            extensions,
            new Stop(now, reason));
  }

  /** Whether somebody is connected now. */
  public boolean isConnected() {
    return connectedAt != null && disconnectedAt == null;
  }

  private SessionFacts inputAt(Instant now, int extensionsByNow) {
    return new SessionFacts(
        assignedAt,
        connectedAt,
        firstFrameAt,
        disconnectedAt,
        saidGoodbye,
        now,
        extensionsByNow,
        stop);
  }
}
