package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import java.time.Duration;
import java.time.Instant;

/**
 * When a session ends by itself unless something happens before.
 *
 * @param warnAt when the viewer is told that the end is near; as {@code at} where nobody is told
 * @param extendableSeconds by how much the viewer can put it off once told; 0 for not at all
 * @param message a sentence for the viewer and for whoever reads the session's conditions
 */
public record Deadline(
    Instant at, Instant warnAt, int extendableSeconds, EndReason reason, String message) {

  /** Seconds from {@code now} to the end, a begun one counted whole. */
  public int secondsLeft(Instant now) {
    return Math.toIntExact(Duration.between(now, at).plusMillis(999).toSeconds());
  }
}
