package dev.vitrine.operator.gateway.signal;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.protocol.ConnectGrant;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Grants connections: where to dial, with a fresh token. To whom is decided elsewhere. */
public final class ConnectGrants {

  private final ConnectKeys keys;

  public ConnectGrants(ConnectKeys keys) {
    this.keys = keys;
  }

  /**
   * A grant to connect to a session's pod; empty until there are keys.
   *
   * @param user the session's; empty for an anonymous one
   * @param reached where the caller found the gateway, and will find it again
   */
  public Optional<ConnectGrant> grant(
      StreamSession session, Pod pod, String user, PublicAddress reached) {
    var meta = session.getMetadata();
    return keys.issuer()
        .map(issuer -> issuer.issue(user, meta.getUid(), pod.getMetadata().getUid()))
        .map(
            issued ->
                new ConnectGrant(
                    URI.create(
                        reached.webSocket(
                            "/signal/%s/%s".formatted(meta.getNamespace(), meta.getName()))),
                    issued.compact(),
                    List.of(),
                    issued.claims().expiresAt()));
  }
}
