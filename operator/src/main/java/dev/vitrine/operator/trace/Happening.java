package dev.vitrine.operator.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that has happened to a session.
 *
 * @param name one of few
 * @param about what else is to be known of it; never a user's name
 * @param failure a sentence, if it went wrong
 */
public record Happening(
    String name,
    Instant began,
    Instant ended,
    Map<String, String> about,
    Optional<String> failure) {

  public Happening {
    about = Map.copyOf(about);
  }

  /** It went well. */
  public static Happening of(String name, Instant began, Instant ended) {
    return new Happening(name, began, ended, Map.of(), Optional.empty());
  }
}
