package dev.vitrine.operator.queue;

import java.util.Map;

/**
 * How many pods are held already by those who share a class.
 *
 * @param byNamespace a namespace that is not in it holds none
 * @param byUser by namespace and user
 */
public record Held(Map<String, Integer> byNamespace, Map<User, Integer> byUser) {

  /** Users of one name in two namespaces are two. */
  public record User(String namespace, String name) {}

  public Held {
    byNamespace = Map.copyOf(byNamespace);
    byUser = Map.copyOf(byUser);
  }

  int of(String namespace) {
    return byNamespace.getOrDefault(namespace, 0);
  }

  int of(User user) {
    return byUser.getOrDefault(user, 0);
  }
}
