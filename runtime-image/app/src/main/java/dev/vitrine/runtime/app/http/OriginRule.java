package dev.vitrine.runtime.app.http;

import org.jspecify.annotations.Nullable;

/** Which pages may talk to a server. */
@FunctionalInterface
public interface OriginRule {

  /**
   * Whether this request may be served.
   *
   * @param origin the Origin header, null when the client is no browser or the request is
   *     same-origin
   * @param host the Host header, null when it is missing
   */
  boolean allows(@Nullable String origin, @Nullable String host);
}
