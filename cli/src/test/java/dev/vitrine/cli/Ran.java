package dev.vitrine.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command did: its exit code, and what it said where. */
record Ran(int exitCode, String out, String err) {

  static Ran vitrine(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Vitrine.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
