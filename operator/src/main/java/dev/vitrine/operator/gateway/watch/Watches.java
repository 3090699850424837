package dev.vitrine.operator.gateway.watch;

import dev.vitrine.operator.gateway.access.CallingPod;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.operator.gateway.cluster.Sessions;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.gateway.signal.ConnectGrants;
import dev.vitrine.protocol.ConnectGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;

/** Grants a watching pod the connection to its session. */
public final class Watches {

  private final KubernetesClient client;
  private final Sessions sessions;
  private final ConnectGrants grants;

  public Watches(KubernetesClient client, Sessions sessions, ConnectGrants grants) {
    this.client = client;
    this.sessions = sessions;
    this.grants = grants;
  }

  /**
   * A grant for a pod whose token was verified. Pod and session are asked of the API server: of
   * watching pods there is no cache, and a session may be younger than its own.
   *
   * @throws Refusal 403 where the pod may not; 409 while the session cannot be joined yet, whether
   *     it has no pod or its pod is being told of it; 410 where it has ended or was deleted; 503
   *     until the gateway has keys
   */
  ConnectGrant grant(CallingPod caller, String namespace, String name, PublicAddress reached) {
    var pod =
        Optional.ofNullable(
            client.pods().inNamespace(caller.namespace()).withName(caller.name()).get());
    WatchRules.refusal(caller, pod, namespace, name).ifPresent(Watches::forbid);
    var session =
        sessions
            .fetch(namespace, name)
            .orElseThrow(
                () ->
                    new Refusal(
                        410, "There is no session %s in namespace %s.".formatted(name, namespace)));
    WatchRules.refusal(pod.orElseThrow(), session).ifPresent(Watches::forbid);
    return switch (sessions.state(session)) {
      case SessionState.Pending(var reason, var message, _) ->
          throw new Refusal(
              409, "Session %s cannot be joined yet: %s: %s".formatted(name, reason, message));
      case SessionState.Ended(var reason, var message) ->
          throw Refusal.ended(
              410, reason, "Session %s has ended: %s: %s".formatted(name, reason, message));
      case SessionState.Ready(_, var serving) ->
          grants
              .grant(
                  session,
                  serving,
                  Objects.requireNonNullElse(session.getSpec().user(), ""),
                  reached)
              .orElseThrow(() -> new Refusal(503, "The gateway has no keys yet; try again."));
    };
  }

  private static void forbid(String sentence) {
    throw new Refusal(403, sentence);
  }
}
