package dev.vitrine.operator.gateway.access;

import org.jspecify.annotations.Nullable;

/**
 * What RBAC is asked for.
 *
 * @param resource of the group {@code vitrine.dev}, such as {@code streamsessions}
 * @param subresource such as {@code connect}; null for the resource itself
 * @param name of one object; null for the kind
 */
public record Right(
    String verb,
    String resource,
    @Nullable String subresource,
    String namespace,
    @Nullable String name) {

  public static Right sessions(String verb, String namespace) {
    return new Right(verb, "streamsessions", null, namespace, null);
  }

  public static Right session(String verb, String namespace, @Nullable String name) {
    return new Right(verb, "streamsessions", null, namespace, name);
  }

  /** To be handed a connect token. */
  public static Right connect(String namespace, String name) {
    return new Right("create", "streamsessions", "connect", namespace, name);
  }

  public static Right apps(String verb, String namespace) {
    return new Right(verb, "streamingapps", null, namespace, null);
  }

  public static Right app(String verb, String namespace, String name) {
    return new Right(verb, "streamingapps", null, namespace, name);
  }

  /** As {@code kubectl auth can-i} would say it. */
  String words() {
    var kind = subresource == null ? resource : resource + "/" + subresource;
    return "%s %s in namespace %s".formatted(verb, kind, namespace);
  }
}
