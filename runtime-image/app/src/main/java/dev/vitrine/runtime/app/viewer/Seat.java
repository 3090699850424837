package dev.vitrine.runtime.app.viewer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one seat in front of a stream. Whoever sits down gets a resume secret: its holder may take
 * the seat again from its own older connection, nobody else may. For use by one thread.
 */
final class Seat {

  /** The answer to somebody who asks for the seat. */
  sealed interface Admission {

    /**
     * The seat is the viewer's.
     *
     * @param secret what the viewer takes the seat again with
     */
    record Granted(String secret) implements Admission {
      @Override
      public String toString() {
        return "Granted";
      }
    }

    record Refused(String sentence) implements Admission {}
  }

  private final SeatRule rule;
  private final Supplier<String> secrets;
  private @Nullable String secret;
  private boolean taken;
  private boolean bound;

  /**
   * @param secrets gives a new unguessable word each time
   */
  Seat(SeatRule rule, Supplier<String> secrets) {
    this.rule = rule;
    this.secrets = secrets;
  }

  /**
   * Asks for the seat, and takes it if it is granted.
   *
   * @param resume the secret that the page has kept, if it has one
   */
  Admission ask(@Nullable String resume) {
    var known = secret;
    boolean holder = known != null && resume != null && equalInConstantTime(known, resume);
    if (known != null && !holder && (taken || rule == SeatRule.KEPT)) {
      return new Admission.Refused(
          "Somebody else is watching this stream; it can be shown to one browser at a time.");
    }
    var granted = holder && known != null ? known : secrets.get();
    bound = bound && holder;
    secret = granted;
    taken = true;
    return new Admission.Granted(granted);
  }

  /** The viewer is connected: from now on the seat is known as theirs. */
  void sitDown() {
    taken = true;
    bound = true;
  }

  /**
   * The viewer's connection is gone, or interrupted. One that never stood binds nobody: its page
   * may not even have heard the secret.
   */
  void leave() {
    taken = false;
    if (!bound) {
      secret = null;
    }
  }

  private static boolean equalInConstantTime(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
