package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.util.Set;
import java.util.regex.Pattern;

/** A project's name: that of its Python package, and, with {@code -} for {@code _}, of its app. */
public record ProjectName(String value) {

  private static final Pattern SHAPE = Pattern.compile("[a-z]([a-z0-9_]*[a-z0-9])?");

  /** The app's name is a DNS label. */
  private static final int LONGEST = 63;

  /** Words of Python and YAML, and what a folder of that name would hide. */
  private static final Set<String> TAKEN =
      Set.of(
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "true",
          "false",
          "null",
          "yes",
          "no",
          "on",
          "off",
          "stage");

  /**
   * A name.
   *
   * @throws CommandFailure if a Python package or an app cannot be called that
   */
  public ProjectName {
    if (!SHAPE.matcher(value).matches() || value.length() > LONGEST) {
      throw CommandFailure.badInput(
          "name '%s' must be 1 to %d characters of a-z, 0-9 and '_', the first of them a letter and"
              + " the last no '_': it names a Python package",
          value, LONGEST);
    }
    if (TAKEN.contains(value) || PythonModules.have(value)) {
      throw CommandFailure.badInput(
          "name '%s' has a meaning in Python, YAML or Vitrine already; choose another, such as my_%s",
          value, value);
    }
  }

  /** What the app is called in a cluster. */
  public String app() {
    return value.replace('_', '-');
  }

  /** The name for people: {@code my_viewer} is {@code My viewer}. */
  public String title() {
    var words = value.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
