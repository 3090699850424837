package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.protocol.Assignment;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true after any load: a figure that was got at their cost is worth nothing. */
public final class Invariants {

  private Invariants() {}

  /**
   * Every session has exactly one pod and that one no other session; no pod serves a session that
   * is gone.
   *
   * @throws AssertionError with a sentence on the first one that does not hold
   */
  public static void check(KubernetesClient client, String namespace, FakeRuntime runtime) {
    var sessions =
        client.resources(StreamSession.class).inNamespace(namespace).list().getItems().stream()
            .collect(Collectors.toMap(it -> it.getMetadata().getName(), Function.identity()));
    var pods =
        client.pods().inNamespace(namespace).withLabel(PodLabels.SESSION).list().getItems().stream()
            .filter(pod -> pod.getMetadata().getLabels().containsKey(PodLabels.APP))
            .toList();
    var served = new HashMap<String, Pod>();
    for (var pod : pods) {
      var session = sessions.get(pod.getMetadata().getLabels().get(PodLabels.SESSION));
      require(
          session != null && Owners.owns(session, pod) && ownersOf(pod).size() == 1,
          "Pod %s has the label of a session, and not that session alone owns it",
          name(pod));
      var other = served.put(session.getMetadata().getName(), pod);
      require(other == null, "Session %s has two pods", session.getMetadata().getName());
    }
    sessions.forEach((name, session) -> requireServed(name, session, served));
    require(runtime.conflicts() == 0, "A pod was told of a second session, and refused it");
  }

  /**
   * No session was ever assigned to two pods, not even for a moment.
   *
   * @throws AssertionError with a sentence on the first one that was
   */
  public static void checkNoneAssignedTwice(Stream<Assignment> assignments) {
    assignments
        .collect(
            Collectors.groupingBy(
                it -> it.session().uid(),
                Collectors.mapping(it -> it.podUid(), Collectors.toSet())))
        .forEach(
            (session, podUids) ->
                require(podUids.size() == 1, "Session %s was assigned to two pods", session));
  }

  private static void requireServed(String name, StreamSession session, Map<String, Pod> served) {
    var status = session.getStatus();
    require(
        status != null && Conditions.holds(status.conditions(), ConditionType.ASSIGNED),
        "Session %s is not assigned",
        name);
    require(
        served.containsKey(name) && name(served.get(name)).equals(status.podName()),
        "Session %s does not have the pod that its status names",
        name);
  }

  private static List<String> ownersOf(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream().map(it -> it.getUid()).toList();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static void require(boolean holds, String sentence, Object... about) {
    if (!holds) {
      throw new AssertionError(sentence.formatted(about));
    }
  }
}
