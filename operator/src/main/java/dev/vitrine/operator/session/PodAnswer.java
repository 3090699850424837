package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.Connection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a call to a pod: a fact. */
sealed interface PodAnswer {

  /** When it was known. */
  Instant at();

  /**
   * The pod did as it was told, or said how it is.
   *
   * @param connection its viewer's, as it stood then; null where it was not asked for that, or did
   *     not say
   */
  record Yes(Instant at, @Nullable Connection connection) implements PodAnswer {
    Yes(Instant at) {
      this(at, null);
    }
  }

  /** The pod serves another session, for good. */
  record Taken(Instant at, String words) implements PodAnswer {}

  /** Nothing, or nothing sensible, came back; it may be otherwise the next time. */
  record Silence(Instant at, String words) implements PodAnswer {}
}
