package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.access.Right;
import dev.vitrine.operator.gateway.access.Verdict;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.signal.ConnectKeys;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Hands a fresh connect token to whoever may have one. */
@ApplicationScoped
class ConnectData implements StreamReplies.Tokens {

  private final Caller caller;
  private final ConnectKeys keys;

  ConnectData(Caller caller, ConnectKeys keys) {
    this.caller = caller;
    this.keys = keys;
  }

  @Override
  public Optional<StreamReply.Connect> connect(
      StreamSession session, Pod pod, PublicAddress reached) {
    var meta = session.getMetadata();
    return switch (caller.check(Right.connect(meta.getNamespace(), meta.getName()))) {
      case Verdict.Allowed(var user) ->
          keys.issuer()
              .map(
                  issuer ->
                      issuer.issue(
                          Objects.requireNonNullElse(user, ""),
                          meta.getUid(),
                          pod.getMetadata().getUid()))
              .map(
                  issued ->
                      new StreamReply.Connect(
                          reached.webSocket(
                              "/signal/%s/%s".formatted(meta.getNamespace(), meta.getName())),
                          issued.compact(),
                          List.of(),
                          issued.claims().expiresAt().toString()));
      case Verdict.Unknown _, Verdict.Forbidden _ -> Optional.empty();
    };
  }
}
