package dev.vitrine.cli.doctor;

import java.util.Optional;

/**
 * What was found of one thing.
 *
 * @param subject what was looked at
 * @param found what is there
 * @param remedy how to mend it, or what more would take
 */
public record Finding(String subject, Verdict verdict, String found, Optional<String> remedy) {

  /** How bad it is. */
  public enum Verdict {
    /** As it should be. */
    ok,
    /** Something does without it. */
    note,
    /** Something does not work. */
    broken
  }

  static Finding ok(String subject, String found) {
    return new Finding(subject, Verdict.ok, found, Optional.empty());
  }

  static Finding note(String subject, String found, String remedy) {
    return new Finding(subject, Verdict.note, found, Optional.of(remedy));
  }

  static Finding broken(String subject, String found, String remedy) {
    return new Finding(subject, Verdict.broken, found, Optional.of(remedy));
  }
}
