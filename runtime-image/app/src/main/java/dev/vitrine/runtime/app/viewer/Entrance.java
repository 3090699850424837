package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.SignalCloseCode;
import java.util.Optional;

/** Decides which sockets may offer a connection. */
public interface Entrance {

  /** Why a socket may not. */
  record Refusal(SignalCloseCode code, String sentence) {}

  /** Empty for a socket that may; spends its token. */
  Optional<Refusal> refusalOf(Optional<String> token);

  /** Everybody may: for local work, where only the page's origin is checked. */
  static Entrance open() {
    return token -> Optional.empty();
  }
}
