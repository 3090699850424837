package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.access.Right;
import dev.vitrine.operator.gateway.access.Verdict;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.signal.ConnectGrants;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands a fresh connect token to the session's user, and to whoever may change the session. */
@ApplicationScoped
class ConnectData implements StreamReplies.Tokens {

  private final Caller caller;
  private final ConnectGrants grants;

  ConnectData(Caller caller, ConnectGrants grants) {
    this.caller = caller;
    this.grants = grants;
  }

  @Override
  public Optional<StreamReply.Connect> connect(
      StreamSession session, Pod pod, PublicAddress reached) {
    var meta = session.getMetadata();
    return switch (caller.check(Right.connect(meta.getNamespace(), meta.getName()))) {
      case Verdict.Allowed(var user) when mayJoin(session, user) ->
          grants
              .grant(session, pod, Objects.requireNonNullElse(user, ""), reached)
              .map(
                  grant ->
                      new StreamReply.Connect(
                          grant.url().toString(),
                          grant.token(),
                          List.of(),
                          grant.expiresAt().toString()));
      case Verdict.Allowed _, Verdict.Unknown _, Verdict.Forbidden _ -> Optional.empty();
    };
  }

  private boolean mayJoin(StreamSession session, @Nullable String user) {
    var meta = session.getMetadata();
    return (user != null && user.equals(session.getSpec().user()))
        || caller.check(Right.session("update", meta.getNamespace(), meta.getName()))
            instanceof Verdict.Allowed;
  }
}
