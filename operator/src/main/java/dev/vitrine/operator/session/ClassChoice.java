package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.operator.pod.PodPatchRules;
import java.util.Optional;

/**
 * Whether a session may have its class: an app serves on while an edit of its classes is refused.
 */
final class ClassChoice {

  private ClassChoice() {}

  /** Why the session cannot have the class of its view; empty if it can. */
  static Optional<String> refusal(SessionView view) {
    return view.streamClass().flatMap(known -> refusal(view, known));
  }

  private static Optional<String> refusal(SessionView view, StreamClass streamClass) {
    var name = streamClass.getMetadata().getName();
    var namespace = view.session().getMetadata().getNamespace();
    if (!streamClass.getSpec().namespaces().allow(namespace)) {
      return Optional.of("StreamClass %s is not open to namespace %s".formatted(name, namespace));
    }
    return view.revision()
        .flatMap(revision -> Optional.ofNullable(revision.getSpec().podPatch()))
        .flatMap(patch -> PodPatchRules.violation(patch, streamClass))
        .map(problem -> "StreamClass %s does not take its revision: %s".formatted(name, problem));
  }
}
