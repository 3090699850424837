package dev.vitrine.cli.failure;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/** Ends a command with a sentence for the person who gave it, and an exit code for their script. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /**
   * What was asked for makes no sense: exit code 2. The sentence names the field and the remedy.
   */
  @FormatMethod
  public static CommandFailure badInput(String sentence, @Nullable Object... arguments) {
    return new CommandFailure(2, sentence.formatted(arguments));
  }

  /** It was tried, and it failed: exit code 1. */
  @FormatMethod
  public static CommandFailure failed(String sentence, @Nullable Object... arguments) {
    return new CommandFailure(1, sentence.formatted(arguments));
  }

  /** Nobody knows how it went, at least not yet: exit code 3. */
  @FormatMethod
  public static CommandFailure unknown(String sentence, @Nullable Object... arguments) {
    return new CommandFailure(3, sentence.formatted(arguments));
  }

  public int exitCode() {
    return exitCode;
  }
}
