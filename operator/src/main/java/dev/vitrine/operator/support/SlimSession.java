package dev.vitrine.operator.support;

import dev.vitrine.api.v1alpha1.StreamSession;
import java.util.Map;

/** What is kept of a session that is watched. */
public final class SlimSession {

  private SlimSession() {}

  /** The client keeps a map in every object for fields that it does not know: nobody reads them. */
  public static void trim(StreamSession session) {
    session.getMetadata().setAdditionalProperties(Map.of());
    if (session.getStatus() != null) {
      session.getStatus().conditions().forEach(it -> it.setAdditionalProperties(Map.of()));
    }
  }
}
