package dev.vitrine.runtime.app.viewer;

import java.util.Optional;

/** Receives signalling sockets. Any thread may call it. */
public interface Reception {

  /**
   * A browser has opened a socket.
   *
   * @param token the connect token that it came with; empty where there was none
   * @return what becomes of the socket's frames
   */
  SignalHandler enter(SignalSocket socket, Optional<String> token);
}
