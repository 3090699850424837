package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that there are for a caller; any other is as if it did not exist.
 *
 * @param owner whose they are; null for everybody's
 */
record SessionScope(@Nullable String owner) {

  static final SessionScope EVERYBODYS = new SessionScope(null);

  boolean includes(StreamSession session) {
    return owner == null || owner.equals(session.getSpec().user());
  }
}
