package dev.vitrine.operator.placement;

import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything one round of placement on a class may look at: frozen, and without a client.
 *
 * @param waiting those who want a pod and have none on the way
 * @param idle pods of no session, but for those that are going or being claimed; some have ended
 * @param idleElsewhere idle pods of other classes in namespaces whose quota is full
 * @param starting how many of the class's pods are not ready yet, those being made included
 * @param stuck sessions' pods that find no node
 * @param aids room that is being made, or was made before, by the sessions' UIDs
 * @param postponed those who wait because the API server did not take their pods, by their UIDs
 * @param going pods that go for nobody in particular, and have not gone: room to come. Of other
 *     classes those in namespaces whose quota is full
 * @param outranked pods of sessions that may be ended for one of higher priority; none where the
 *     class ends nobody
 * @param maxPending most of the class's pods that may be starting
 * @param held pods of sessions on this class
 * @param heldByApp pods of sessions by app, on whatever class
 * @param heldByAppUser the same by app and user, for the users that are waiting
 * @param inUse pods of sessions by pool
 * @param refills idle pods that are being made, by pool
 * @param targets what is wanted of each pool; a pool without a target wants no idle pod
 * @param replacedLater idle pods that were claimed just now, and are not to be replaced yet; where
 *     a pool wants fewer for the claims, what it lacks otherwise comes as much later
 * @param pauses until when pools get no further idle pod, because theirs fail
 * @param heard apps that have said what they want; of others idle pods are left alone
 * @param fullNamespaces those whose quota left no room for a pod a moment ago
 * @param tight namespaces whose quota had no room a while ago: there the first in line tries alone
 * @param trying those of them in which a pod is being made for a session
 * @param awaited those of them in which sessions of other classes wait for a pod
 * @param cordoned nodes that get no session
 */
record PlacementView(
    Instant now,
    List<PodRequest> waiting,
    List<PodCard> idle,
    List<PodCard> idleElsewhere,
    int starting,
    List<PodCard> stuck,
    Map<String, Aid> aids,
    Map<String, Postponement> postponed,
    List<PodCard> going,
    List<PodCard> outranked,
    int maxPending,
    Held held,
    Map<Key, Integer> heldByApp,
    Map<AppUser, Integer> heldByAppUser,
    Map<Pool, Integer> inUse,
    Map<Pool, Integer> refills,
    Map<Pool, WarmTarget> targets,
    Map<Pool, Replacements.Later> replacedLater,
    Map<Pool, Instant> pauses,
    Set<Key> heard,
    Set<String> fullNamespaces,
    Set<String> tight,
    Set<String> trying,
    Set<String> awaited,
    Set<String> cordoned) {

  /** A user of an app. */
  record AppUser(Key app, String user) {}
}
