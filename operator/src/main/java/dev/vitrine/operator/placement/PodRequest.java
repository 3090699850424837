package dev.vitrine.operator.placement;

import dev.vitrine.operator.queue.Waiting;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A session's wish for a pod.
 *
 * @param uid of the session
 * @param user empty: anonymous
 * @param since when the session was requested
 * @param until when it gives up waiting
 * @param idlePod whether an idle pod of the pool will do
 * @param trial whether the controller made the session to try a revision: it counts to no limit
 * @param appLimit most sessions of its app that may have a pod; empty: no such limit
 * @param userLimit the same for its user in that app
 */
public record PodRequest(
    Key session,
    String uid,
    Pool pool,
    String user,
    int priority,
    Instant since,
    Instant until,
    boolean idlePod,
    boolean trial,
    OptionalInt appLimit,
    OptionalInt userLimit) {

  /** The same for one that gets no idle pod. */
  PodRequest forOwnPod() {
    return new PodRequest(
        session, uid, pool, user, priority, since, until, false, trial, appLimit, userLimit);
  }

  Waiting waiting() {
    return new Waiting(uid, session.namespace(), user, priority, since);
  }
}
