package dev.vitrine.runtime.app.viewer;

/** What becomes of one signalling socket's frames. Called on the socket's thread, in order. */
public interface SignalHandler {

  void onText(String frame);

  /** The socket is gone, by either side. */
  void onClosed();
}
