package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.BadTokenException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one session's assignment, for life. Safe for use by several threads. */
public final class AssignmentDesk {

  /** How an assignment was received. */
  public sealed interface Outcome {

    /** The pod's first one: it serves this session from now on. */
    record Accepted(Assignment assignment) implements Outcome {}

    /** The same session's once more, because the controller did not hear the first answer. */
    record Known(Assignment assignment) implements Outcome {}

    /** The pod serves another session. */
    record Taken(String sentence) implements Outcome {}

    /** Not signed by the controller for this pod now. */
    record Untrusted(String sentence) implements Outcome {}

    record Malformed(String sentence) implements Outcome {}
  }

  private final AssignmentVerifier verifier;
  private @Nullable Assignment accepted;

  public AssignmentDesk(AssignmentVerifier verifier) {
    this.verifier = verifier;
  }

  /** Receives a signed document (a compact JWS). */
  public synchronized Outcome receive(String compact) {
    try {
      var offered = verifier.verify(compact);
      var own = accepted;
      if (own == null) {
        accepted = offered;
        return new Outcome.Accepted(offered);
      }
      return own.session().uid().equals(offered.session().uid())
          ? new Outcome.Known(own)
          : new Outcome.Taken("This pod serves another session; choose another pod.");
    } catch (BadTokenException e) {
      return new Outcome.Untrusted(String.valueOf(e.getMessage()));
    } catch (BadMessageException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The session that this pod serves; empty while it waits for one. */
  public synchronized Optional<Assignment> assignment() {
    return Optional.ofNullable(accepted);
  }
}
