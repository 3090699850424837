package dev.vitrine.protocol;

/** Where a session stands, as its runtime sees it. */
public enum ConnectionState implements WireWord {
  /** Nobody has come yet. */
  WAITING,
  CONNECTING,
  CONNECTED,
  /** Somebody was there and may come back. */
  DISCONNECTED,
  ENDED
}
