package dev.vitrine.operator.placement;

import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything one round of placement on a class may look at: frozen, and without a client.
 *
 * @param waiting those who want a pod and have none on the way
 * @param idle pods of no session, ended ones too, but for those that are going or being claimed
 * @param starting how many of the class's pods are not ready yet, those being made included
 * @param stuck how many sessions' pods find no node
 * @param unaided how many of these no idle pod has made room for
 * @param leaving idle pods that are going and have not gone, by namespace: room to come
 * @param maxPending most of the class's pods that may be starting
 * @param held pods of sessions on this class
 * @param heldByApp pods of sessions by app, on whatever class
 * @param heldByAppUser the same by app and user, for the users that are waiting
 * @param inUse pods of sessions by pool
 * @param refills idle pods that are being made, by pool
 * @param targets what is wanted of each pool; a pool without a target wants no idle pod
 * @param heard apps that have said what they want; of others idle pods are left alone
 * @param fullNamespaces those whose quota left no room for a pod a moment ago
 * @param cordoned nodes that get no session
 */
record PlacementView(
    List<PodRequest> waiting,
    List<PodCard> idle,
    int starting,
    int stuck,
    int unaided,
    Map<String, Integer> leaving,
    int maxPending,
    Held held,
    Map<Key, Integer> heldByApp,
    Map<AppUser, Integer> heldByAppUser,
    Map<Pool, Integer> inUse,
    Map<Pool, Integer> refills,
    Map<Pool, WarmTarget> targets,
    Set<Key> heard,
    Set<String> fullNamespaces,
    Set<String> cordoned) {

  /** A user of an app. */
  record AppUser(Key app, String user) {}
}
