package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.EndReason;
import java.time.Instant;

/**
 * When a session ends by itself unless something happens before.
 *
 * @param warnAt when the viewer is told that the end is near; as {@code at} where nobody is told
 * @param message a sentence for the viewer and for whoever reads the session's conditions
 */
public record Deadline(Instant at, Instant warnAt, EndReason reason, String message) {}
