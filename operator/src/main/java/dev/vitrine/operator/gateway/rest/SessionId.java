package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import java.util.Optional;
import java.util.regex.Pattern;

/** A session's id for front ends: {@code {namespace}.{name}}, both DNS labels. */
record SessionId(String namespace, String name) {

  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern ID = Pattern.compile("(" + LABEL + ")\\.(" + LABEL + ")");

  static SessionId of(StreamSession session) {
    return new SessionId(session.getMetadata().getNamespace(), session.getMetadata().getName());
  }

  static Optional<SessionId> parse(String text) {
    return Optional.of(ID.matcher(text))
        .filter(m -> m.matches())
        .map(m -> new SessionId(m.group(1), m.group(2)));
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
