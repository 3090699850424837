package dev.vitrine.operator.gateway.http;

/** A request that is not carried out: its HTTP status, and a sentence for whoever sent it. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal with its HTTP status.
   *
   * @param sentence names what is wrong and how to mend it; holds no secret
   */
  public Refusal(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
