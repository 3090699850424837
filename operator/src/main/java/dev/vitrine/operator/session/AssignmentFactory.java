package dev.vitrine.operator.session;

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
    var lifetimes = view.lifetimes(app);
    return new Assignment(
        pod.uid(),
        new SessionName(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        Objects.requireNonNullElse(spec.user(), ""),
        ParameterRules.values(app.getSpec().parameters(), spec.parameters()),
        new Lifetimes(
            lifetimes.connectSeconds(),
            lifetimes.reconnectSeconds(),
            lifetimes.idleSeconds(),
            lifetimes.maxSeconds(),
            lifetimes.warningSeconds()),
        pod.address().stream().toList(),
        List.of(),
        connectKeys);
  }
}
