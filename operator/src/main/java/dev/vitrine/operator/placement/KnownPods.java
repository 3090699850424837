package dev.vitrine.operator.placement;

import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.ResourceVersion;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pods that there are, as the newest word of each has it, and those of each session. */
final class KnownPods {

  /** Pods that are gone and may still be spoken of by a late answer. */
  private static final int MAX_GONE = 1_000;

  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, Map<String, Pod>> bySession = new HashMap<>();
  private final Set<String> gone =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MAX_GONE;
            }
          });

  /** Whether this word of a pod is newer than all that is known of it. */
  boolean isNews(Pod pod) {
    var known = pods.get(uid(pod));
    return !gone.contains(uid(pod))
        && (known == null || ResourceVersion.of(pod) > ResourceVersion.of(known));
  }

  /** Whether this word of a pod is at least as new as all that is known of it. */
  boolean isCurrent(Pod pod) {
    var known = pods.get(uid(pod));
    return !gone.contains(uid(pod))
        && (known == null || ResourceVersion.of(pod) >= ResourceVersion.of(known));
  }

  void put(Pod pod) {
    pods.put(uid(pod), pod);
    PodCard.sessionOf(pod)
        .ifPresent(
            session -> bySession.computeIfAbsent(session, _ -> new HashMap<>()).put(uid(pod), pod));
  }

  /** Forgets what is known of a pod (its UID). */
  void remove(String uid) {
    var before = pods.remove(uid);
    if (before != null) {
      PodCard.sessionOf(before)
          .ifPresent(
              session ->
                  bySession.computeIfPresent(
                      session,
                      (_, its) -> {
                        its.remove(uid);
                        return its.isEmpty() ? null : its;
                      }));
    }
  }

  /** A pod (its UID) is no more, whatever is heard of it yet. */
  void markGone(String uid) {
    gone.add(uid);
  }

  boolean isGone(String uid) {
    return gone.contains(uid);
  }

  List<Pod> all() {
    return List.copyOf(pods.values());
  }

  /** The pods of a session (its UID). */
  List<Pod> of(String session) {
    return List.copyOf(bySession.getOrDefault(session, Map.of()).values());
  }

  /** Whether a session (its UID) has a pod that is not lost to it. */
  boolean anyLiving(String session) {
    return of(session).stream().anyMatch(KnownPods::isLiving);
  }

  /** Whether it has not ended, and nobody has deleted it. */
  static boolean isLiving(Pod pod) {
    var facts = new PodFacts(pod);
    return !facts.isDeleted() && !facts.isOver();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
