package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;

/** The runtime's end of one signalling socket. Any thread may call it; after the end it is mute. */
public interface SignalSocket {

  void send(SignalMessage.FromRuntime message);

  /** Says what went wrong and closes with its code. */
  void refuse(SignalCloseCode code, String sentence);

  /** Closes in good order. */
  void close();
}
