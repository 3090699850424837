package dev.vitrine.operator.session;

import java.time.Instant;

/** What came of a call to a pod: a fact. */
sealed interface PodAnswer {

  /** When it was known. */
  Instant at();

  /** The pod did as it was told, or said how it is. */
  record Yes(Instant at) implements PodAnswer {}

  /** The pod serves another session, for good. */
  record Taken(Instant at, String words) implements PodAnswer {}

  /** Nothing, or nothing sensible, came back; it may be otherwise the next time. */
  record Silence(Instant at, String words) implements PodAnswer {}
}
