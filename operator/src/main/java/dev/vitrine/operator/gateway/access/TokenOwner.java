package dev.vitrine.operator.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whose token it is, as the API server says. */
public record TokenOwner(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {

  private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
  private static final String POD_UID = "authentication.kubernetes.io/pod-uid";

  /** The name of a service account's user, with its namespace. */
  private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):[^:]+");

  public TokenOwner {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** The pod that the token is bound to; empty for a token of no pod. */
  public Optional<CallingPod> pod() {
    var account = ACCOUNT.matcher(user);
    return account.matches()
        ? said(POD_NAME)
            .flatMap(name -> said(POD_UID).map(uid -> new CallingPod(account.group(1), name, uid)))
        : Optional.empty();
  }

  private Optional<String> said(String key) {
    return extra.getOrDefault(key, List.of()).stream().findFirst();
  }
}
