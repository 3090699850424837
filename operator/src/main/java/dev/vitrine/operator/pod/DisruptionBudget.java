package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpecBuilder;
import java.util.List;
import java.util.Map;

/** The PodDisruptionBudget that lets no pod of an app be evicted while its viewer is connected. */
public final class DisruptionBudget {

  /**
   * More than there ever are. A percentage, or maxUnavailable, would have the disruption controller
   * ask the pods' owners for their scale, and a session has none.
   */
  private static final int ALL_OF_THEM = 1_000_000;

  private DisruptionBudget() {}

  /** Its name, in the app's namespace. */
  public static String name(StreamingApp app) {
    return "vitrine-" + app.getMetadata().getName();
  }

  /** Owned by the app, so that it goes with it. A pod that does not answer holds up no drain. */
  public static PodDisruptionBudget desired(StreamingApp app) {
    var name = app.getMetadata().getName();
    var metadata =
        new ObjectMetaBuilder()
            .withName(name(app))
            .withNamespace(app.getMetadata().getNamespace())
            .withLabels(Map.of(PodLabels.APP, name))
            .withOwnerReferences(Owners.controller(app))
            .build();
    var connected =
        new LabelSelector(List.of(), Map.of(PodLabels.APP, name, PodLabels.CONNECTED, "true"));
    var spec =
        new PodDisruptionBudgetSpecBuilder()
            .withMinAvailable(new IntOrString(ALL_OF_THEM))
            .withSelector(connected)
            .withUnhealthyPodEvictionPolicy("AlwaysAllow")
            .build();
    return new PodDisruptionBudgetBuilder().withMetadata(metadata).withSpec(spec).build();
  }
}
