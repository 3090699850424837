package dev.vitrine.cli.output;

import java.util.regex.Pattern;

/** Text of others on our lines: what terminals take for commands, line breaks too, is a space. */
public final class Printable {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private Printable() {}

  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }
}
