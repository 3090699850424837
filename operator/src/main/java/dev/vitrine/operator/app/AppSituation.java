package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.StreamingAppSpec;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodPatchRules;
import java.util.Optional;

/** Where an app stands, worked out afresh from what was observed; never stored. */
sealed interface AppSituation {

  record ClassMissing(String name) implements AppSituation {}

  record ClassClosed(String name) implements AppSituation {}

  record ParameterInvalid(String problem) implements AppSituation {}

  record ScheduleInvalid(String problem) implements AppSituation {}

  record VerificationInvalid(String problem) implements AppSituation {}

  record PatchForbidden(String problem) implements AppSituation {}

  record PodRefused(String words) implements AppSituation {}

  record Acceptable() implements AppSituation {}

  static AppSituation of(AppView view) {
    var namespace = view.app().getMetadata().getNamespace();
    var spec = view.app().getSpec();
    for (var name : spec.classes()) {
      var streamClass = view.classes().get(name);
      if (streamClass == null) {
        return new ClassMissing(name);
      }
      if (!streamClass.getSpec().namespaces().allow(namespace)) {
        return new ClassClosed(name);
      }
      if (spec.podPatch() != null) {
        var violation = PodPatchRules.violation(spec.podPatch(), streamClass);
        if (violation.isPresent()) {
          return new PatchForbidden(violation.get());
        }
      }
    }
    return ParameterRules.problemIn(spec.parameters())
        .<AppSituation>map(ParameterInvalid::new)
        .or(() -> WarmTargets.problemIn(spec.warm()).map(ScheduleInvalid::new))
        .or(() -> problemIn(spec).map(VerificationInvalid::new))
        .or(() -> view.refusal().map(PodRefused::new))
        .orElseGet(Acceptable::new);
  }

  /** A trial that its own app would reject says nothing of a revision. */
  private static Optional<String> problemIn(StreamingAppSpec spec) {
    var verification = spec.rollout().verification();
    return verification.mode() == Rollout.Mode.None
        ? Optional.empty()
        : ParameterRules.problemIn(spec.parameters(), verification.parameters())
            .map(
                problem ->
                    "spec.rollout.verification.parameters: %s; or set mode to None"
                        .formatted(problem.replace("spec.parameters.", "")));
  }
}
