package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.IceServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How to dial.
 *
 * @param url the signalling WebSocket
 * @param token good once; empty where none is asked for
 */
record Endpoint(URI url, Optional<String> token, List<IceServer> iceServers) {

  /** Of a runtime that everybody may dial. */
  static Endpoint open(URI url) {
    return new Endpoint(url, Optional.empty(), List.of());
  }

  @Override
  public String toString() {
    return "Endpoint[" + url + "]";
  }
}
