package dev.vitrine.operator.testing.storm;

/** What may befall a write. */
public enum Fault {
  /** 409, and it is not carried out. */
  CONFLICT(1),
  /** 429, and it is not carried out. */
  TOO_MANY_REQUESTS(Fault.ALL_TRIES),
  /** 429 with {@code Retry-After}, and it is not carried out. */
  TOO_MANY_REQUESTS_FOR_A_WHILE(Fault.ALL_TRIES),
  /** 500, and it is not carried out. */
  SERVER_ERROR(Fault.ALL_TRIES),
  /** 503, and it is not carried out. */
  UNAVAILABLE(Fault.ALL_TRIES),
  /** The connection ends before it was carried out. */
  RESET(1),
  /** It is carried out, and the connection ends without an answer. */
  ANSWER_LOST(1),
  /** The client gives up, and it is not carried out. */
  TIME_OUT(1),
  /** It is carried out after the client has given up. */
  LATE(1),
  /** It is carried out, and the client has given up before the answer comes. */
  ANSWER_LATE(1);

  /** How often the storm's clients try again of themselves where that may help. */
  static final int CLIENT_RETRIES = 2;

  private static final int ALL_TRIES = 1 + CLIENT_RETRIES;

  /** How many tries of one write it befalls, so that whoever wrote meets it, and not its client. */
  final int tries;

  Fault(int tries) {
    this.tries = tries;
  }
}
