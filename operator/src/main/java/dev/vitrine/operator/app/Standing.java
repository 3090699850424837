package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.WarmTarget;
import dev.vitrine.operator.pod.PodPatchRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands of an app while the app, as it is now, is refused. */
final class Standing {

  private Standing() {}

  /** The revisions that had the new sessions before, and have them still. */
  static List<RevisionShare> shares(AppView view) {
    return view.reported().revisions().stream()
        .filter(share -> Revisions.find(view, share.name()).isPresent())
        .toList();
  }

  /** Whether they can have sessions: there is a class that takes them. */
  static boolean serves(AppView view, List<RevisionShare> shares) {
    return !shares.isEmpty()
        && view.app().getSpec().classes().stream()
            .flatMap(name -> Optional.ofNullable(view.classes().get(name)).stream())
            .anyMatch(streamClass -> takes(streamClass, view, shares));
  }

  /** Idle pods on a class that is missing for a while stay; on one that takes none of them, not. */
  static Map<Pool, WarmTarget> targets(AppView view, List<RevisionShare> shares) {
    return WarmTargets.of(view.app(), view.classes(), shares, view.now()).entrySet().stream()
        .filter(
            target ->
                Optional.ofNullable(view.classes().get(target.getKey().streamClass()))
                    .filter(streamClass -> !takes(streamClass, view, shares))
                    .isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean takes(StreamClass streamClass, AppView view, List<RevisionShare> shares) {
    return streamClass.getSpec().namespaces().allow(view.app().getMetadata().getNamespace())
        && shares.stream()
            .flatMap(share -> Revisions.find(view, share.name()).stream())
            .flatMap(revision -> Optional.ofNullable(revision.getSpec().podPatch()).stream())
            .allMatch(patch -> PodPatchRules.violation(patch, streamClass).isEmpty());
  }
}
