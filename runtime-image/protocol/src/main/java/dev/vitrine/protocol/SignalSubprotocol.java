package dev.vitrine.protocol;

import java.util.Collection;
import java.util.Optional;

/**
 * The WebSocket subprotocols (RFC 6455, 1.9) a browser offers: the version, and its connect token,
 * because a browser cannot set a header and a URL is logged.
 */
public final class SignalSubprotocol {

  /** The one that the server selects. */
  public static final String V1 = "vitrine.v1";

  private static final String TOKEN_PREFIX = "vitrine.token.";

  private SignalSubprotocol() {}

  /** The entry that carries a connect token. */
  public static String carrying(String token) {
    return TOKEN_PREFIX + token;
  }

  /** The connect token among the offered subprotocols; empty where there is none. */
  public static Optional<String> tokenIn(Collection<String> offered) {
    return offered.stream()
        .filter(name -> name.startsWith(TOKEN_PREFIX))
        .map(name -> name.substring(TOKEN_PREFIX.length()))
        .findFirst();
  }
}
