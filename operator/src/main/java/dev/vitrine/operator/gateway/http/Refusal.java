package dev.vitrine.operator.gateway.http;

import dev.vitrine.protocol.EndReason;
import org.jspecify.annotations.Nullable;

/** A request that is not carried out: its HTTP status, and a sentence for whoever sent it. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable EndReason reason;

  /**
   * A refusal with its HTTP status.
   *
   * @param sentence names what is wrong and how to mend it; holds no secret
   */
  public Refusal(int status, String sentence) {
    this(status, sentence, null);
  }

  private Refusal(int status, String sentence, @Nullable EndReason reason) {
    super(sentence, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /**
   * Of a session that is over: 404 as clients of the Kit API know it, or 410.
   *
   * @param reason such as {@code IdleTimeout}; told if this version knows it
   */
  public static Refusal ended(int status, String reason, String sentence) {
    return new Refusal(status, sentence, EndReason.of(reason).orElse(null));
  }

  public int status() {
    return status;
  }

  /** Why the session ended that was asked for; null where that is not what is wrong. */
  public @Nullable EndReason reason() {
    return reason;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
