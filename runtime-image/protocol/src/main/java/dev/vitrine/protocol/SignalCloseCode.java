package dev.vitrine.protocol;

/** Why a signalling socket was closed; the codes are in RFC 6455's private range. */
public enum SignalCloseCode implements WireWord {
  BAD_MESSAGE(4400),
  BAD_TOKEN(4401),
  FORBIDDEN(4403),
  NO_SESSION(4404),
  /** No offer came in time. */
  TIMEOUT(4408),
  /** Another browser has the session. */
  SESSION_IN_USE(4409),
  SESSION_ENDED(4410),
  TOO_LARGE(4413),
  NOT_READY(4503);

  private final int code;

  SignalCloseCode(int code) {
    this.code = code;
  }

  /** The WebSocket close code. */
  public int code() {
    return code;
  }
}
