package dev.vitrine.operator.gateway.signal;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.protocol.BadTokenException;
import dev.vitrine.protocol.ConnectToken;
import dev.vitrine.protocol.SignalCloseCode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;

/** Checks connect tokens, and finds the pod they are for. */
public final class Doorkeeper {

  /** How far a replica's cache may lag behind a token that another one gave. */
  private static final Duration LAG_LIMIT = Duration.ofSeconds(2);

  private final ConnectKeys keys;
  private final ClusterCache cache;

  public Doorkeeper(ConnectKeys keys, ClusterCache cache) {
    this.keys = keys;
    this.cache = cache;
  }

  /** May wait for as long as the cache may lag, for a valid token only. */
  Admission admit(String namespace, String name, Optional<String> token) {
    if (token.isEmpty()) {
      return refused(
          SignalCloseCode.BAD_TOKEN,
          "A connect token is needed: offer the subprotocol vitrine.token. with it.");
    }
    var verifier = keys.verifier();
    if (verifier.isEmpty()) {
      return refused(SignalCloseCode.NOT_READY, "The gateway has no keys yet; try again.");
    }
    try {
      var claims = verifier.get().verify(token.get());
      return cache
          .arrivals()
          .await(LAG_LIMIT, () -> admitNow(namespace, name, claims))
          .orElseGet(() -> whyNot(namespace, name, claims));
    } catch (BadTokenException e) {
      return refused(SignalCloseCode.BAD_TOKEN, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Admission> admitNow(String namespace, String name, ConnectToken claims) {
    var session = cache.session(namespace, name).filter(s -> uid(s).equals(claims.sessionUid()));
    if (session.isEmpty()) {
      return Optional.empty();
    }
    var pod = cache.podOf(session.get());
    if (SessionState.of(session.get(), pod)
        instanceof SessionState.Ended(var reason, var message)) {
      return Optional.of(
          refused(
              SignalCloseCode.SESSION_ENDED,
              "The session has ended: %s. %s".formatted(reason, message).strip()));
    }
    return pod.filter(p -> uid(p).equals(claims.podUid()))
        .map(p -> new Admission.Admitted(claims.sessionUid(), p.getStatus().getPodIP()));
  }

  private Admission whyNot(String namespace, String name, ConnectToken claims) {
    var session = cache.session(namespace, name);
    if (session.isEmpty()) {
      return refused(
          SignalCloseCode.NO_SESSION, "There is no session %s.%s.".formatted(namespace, name));
    }
    var pod = cache.podOf(session.get());
    try {
      claims.requireFor(uid(session.get()), pod.map(Doorkeeper::uid).orElse(claims.podUid()));
    } catch (BadTokenException e) {
      return refused(SignalCloseCode.BAD_TOKEN, String.valueOf(e.getMessage()));
    }
    return refused(SignalCloseCode.NOT_READY, "The session has no pod to connect to; try again.");
  }

  private static String uid(StreamSession session) {
    return session.getMetadata().getUid();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  private static Admission refused(SignalCloseCode code, String sentence) {
    return new Admission.Refused(code, sentence);
  }
}
