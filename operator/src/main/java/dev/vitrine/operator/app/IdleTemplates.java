package dev.vitrine.operator.app;

import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.WarmTarget;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.RuntimePodFactory;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What idle pods would be made of now: by app, class and built-in image as they are. */
final class IdleTemplates {

  private IdleTemplates() {}

  /** The same targets with their templates; of a class that is gone for a while nobody knows. */
  static Map<Pool, WarmTarget> on(
      Map<Pool, WarmTarget> targets, AppView view, RuntimePodFactory pods) {
    return targets.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                target ->
                    template(target.getKey(), view, pods)
                        .map(target.getValue()::of)
                        .orElseGet(target::getValue)));
  }

  private static Optional<String> template(Pool pool, AppView view, RuntimePodFactory pods) {
    return Revisions.find(view, pool.revision())
        .flatMap(
            revision ->
                Optional.ofNullable(view.classes().get(pool.streamClass()))
                    .map(
                        streamClass ->
                            pods.desired(
                                view.app(),
                                revision,
                                streamClass,
                                ParameterRules.values(revision.getSpec().parameters(), Map.of()))))
        .map(RuntimePodFactory::idle)
        .flatMap(pod -> new PodFacts(pod).template());
  }
}
