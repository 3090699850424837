package dev.vitrine.operator.queue;

import java.time.Instant;

/**
 * A session that waits for a pod.
 *
 * @param uid of the session
 * @param user empty: anonymous; all anonymous sessions of a namespace share one place in the turns
 * @param priority a higher one comes first
 * @param since when it was requested
 */
public record Waiting(String uid, String namespace, String user, int priority, Instant since) {}
