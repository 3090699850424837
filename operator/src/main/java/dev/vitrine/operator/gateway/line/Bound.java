package dev.vitrine.operator.gateway.line;

import dev.vitrine.operator.support.Key;

/** What a session in line waits for to have room: the pace of that is the pace of its wait. */
sealed interface Bound {

  /** What all sessions of the class share: its starting pods, quotas, the cluster. */
  record House() implements Bound {}

  /** {@code limits.sessions} of its app. */
  record App(Key app) implements Bound {}

  /** {@code limits.sessionsPerUser} of its app. */
  record User(Key app, String name) implements Bound {}
}
