package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.LifetimeCeilings;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.KeySet;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.SessionName;
import java.util.List;
import java.util.Objects;

/** What a pod is told of its session. */
final class AssignmentFactory {

  private final KeySet connectKeys;

  /**
   * @param connectKeys what signs connect tokens
   */
  AssignmentFactory(KeySet connectKeys) {
    this.connectKeys = connectKeys;
  }

  Assignment desired(SessionView view, StreamingApp app, PodFacts pod) {
    var metadata = view.session().getMetadata();
    var spec = view.session().getSpec();
    return new Assignment(
        pod.uid(),
        new SessionName(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        Objects.requireNonNullElse(spec.user(), ""),
        ParameterRules.values(app.getSpec().parameters(), spec.parameters()),
        lifetimes(view, app),
        pod.address().stream().toList(),
        List.of(),
        connectKeys);
  }

  private static Lifetimes lifetimes(SessionView view, StreamingApp app) {
    var wanted = view.lifetimes(app);
    var ceilings = view.streamClass().map(known -> known.getSpec().lifetimes());
    return new Lifetimes(
        wanted.connectSeconds(),
        wanted.reconnectSeconds(),
        wanted.idleSeconds(),
        wanted.maxSeconds(),
        wanted.warningSeconds(),
        ceilings.map(LifetimeCeilings::extensionSeconds).orElse(0),
        ceilings.map(LifetimeCeilings::maxSeconds).orElse(wanted.maxSeconds()));
  }
}
