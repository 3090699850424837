package dev.vitrine.cli.output;

/** For whom results are printed. */
public enum OutputFormat {
  /** People. */
  text,
  /** Programs. */
  json
}
