package dev.vitrine.operator.gateway.http;

import dev.vitrine.protocol.EndReason;
import org.jspecify.annotations.Nullable;

/** A request that is not carried out: its HTTP status, and a sentence for whoever sent it. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int GONE = 410;

  private final int status;
  private final @Nullable EndReason endReason;

  /**
   * A refusal with its HTTP status.
   *
   * @param sentence names what is wrong and how to mend it; holds no secret
   */
  public Refusal(int status, String sentence) {
    this(status, sentence, null);
  }

  private Refusal(int status, String sentence, @Nullable EndReason endReason) {
    super(sentence, null, false, false);
    this.status = status;
    this.endReason = endReason;
  }

  /** 410, for whoever serves a session that is over, with why it ended. */
  public static Refusal ended(EndReason reason, String sentence) {
    return new Refusal(GONE, sentence, reason);
  }

  public int status() {
    return status;
  }

  /** Why the session ended that was asked for; null where that is not what is wrong. */
  public @Nullable EndReason endReason() {
    return endReason;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
