package dev.vitrine.operator.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose token it is, as the API server says. */
public record TokenOwner(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {

  private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

  public TokenOwner {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** The pod that the token is bound to; empty for a token of no pod. */
  public Optional<String> podUid() {
    return extra.getOrDefault(POD_UID, List.of()).stream().findFirst();
  }
}
