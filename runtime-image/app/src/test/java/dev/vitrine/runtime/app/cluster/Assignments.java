package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.SessionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Assignments for tests. */
final class Assignments {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private Assignments() {}

  static Assignment of(String podUid, String sessionUid) {
    return with(podUid, sessionUid, new KeySet(Map.of()));
  }

  static Assignment with(String podUid, String sessionUid, KeySet connectKeys) {
    return new Assignment(
        podUid,
        new SessionName("default", "viewer-1", sessionUid),
        "ada",
        Map.of(),
        new Lifetimes(60, 20, 0, 0, 0, 0, 0),
        List.of(),
        List.of(),
        connectKeys);
  }
}
