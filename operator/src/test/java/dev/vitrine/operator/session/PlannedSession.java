package dev.vitrine.operator.session;

import static dev.vitrine.operator.testing.Fixtures.REVISION;
import static dev.vitrine.operator.testing.Fixtures.app;
import static dev.vitrine.operator.testing.Fixtures.revision;
import static dev.vitrine.operator.testing.Fixtures.session;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session, what is known of its app, class and pod, and what the planner makes of that. */
abstract class PlannedSession {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  static final StreamClass CPU = streamClass("cpu", null);

  final RuntimePodFactory pods = new RuntimePodFactory("viewer");
  final SessionPlanner planner =
      new SessionPlanner(new AssignmentFactory(SigningKey.generate().publicKeys()));
  final StreamingApp app = app(List.of(), null);
  final StreamSession session = session(null, Map.of());

  Optional<PodAnswer> assignment = Optional.empty();
  Optional<PodAnswer> state = Optional.empty();
  Optional<Pod> pod = Optional.empty();
  Optional<StreamingApp> knownApp = Optional.of(app);
  Optional<StreamingAppRevision> revision = Optional.of(revision(app));
  Optional<Instant> cordonedAt = Optional.empty();
  List<PodFacts> surplus = List.of();
  Placement placement = new Placement.None();
  Optional<StreamClass> streamClass = Optional.of(CPU);
  Instant now = NOW;

  /** From now on it tries its revision. */
  void trial() {
    session.setSpec(new StreamSessionSpec("demo", null, REVISION, null, Map.of(), 0, null));
    session.getMetadata().setLabels(Map.of("vitrine.dev/verifies", REVISION));
    session.getMetadata().setOwnerReferences(List.of(Owners.controller(revision.orElseThrow())));
  }

  /** From now on it wants that much time to start, and to be kept once it has ended. */
  void wishes(int startSeconds, int ttlSeconds) {
    var spec = session.getSpec();
    session.setSpec(
        new StreamSessionSpec(
            spec.app(),
            spec.className(),
            spec.revision(),
            spec.user(),
            spec.parameters(),
            spec.priority(),
            new LifetimeWishes(startSeconds, null, null, null, null, null, ttlSeconds)));
  }

  void makesRoom() {
    pod.orElseThrow()
        .getMetadata()
        .setAnnotations(Map.of("vitrine.dev/preempted-for", "a-session"));
  }

  void assigned() {
    podSays(FakeKubelet.running("10.0.0.9"));
    assignment = Optional.of(new PodAnswer.Yes(NOW));
  }

  void podSays(PodStatus status) {
    var made = pods.desired(app, revision.orElseThrow(), CPU, Map.of());
    made.getMetadata().setName("one-01234567");
    made.getMetadata().setUid("pod-uid");
    made.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    made.setStatus(status);
    pod = Optional.of(made);
  }

  static Connection reportedEnd(EndReason reason, String message) {
    return new Connection(
        1, Connection.State.Ended, null, null, null, null, null, null, null, reason, message, null);
  }

  PodRequest request() {
    return ((Action.AskForPod) plan().actions().getFirst()).request();
  }

  void reported(Connection.State connection, String stageError) {
    var at = Times.micros(NOW);
    session.setStatus(
        StreamSessionStatus.empty()
            .withConnection(
                new Connection(
                    1,
                    connection,
                    at,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Connection.Stage("a.usda", "failed", stageError))));
  }

  /** As if the plan had been carried out. */
  SessionPlan settle() {
    var plan = plan();
    session.setStatus(plan.status().withConnection(view().connection().orElse(null)));
    return plan;
  }

  SessionPlan plan() {
    return planner.plan(view());
  }

  SessionView view() {
    return new SessionView(
        session,
        knownApp,
        streamClass,
        revision,
        pod.map(PodFacts::new),
        cordonedAt,
        surplus,
        placement,
        NOW,
        assignment,
        state,
        now);
  }

  void assertEnded(String reason, String message) {
    var end = ended(plan());
    assertThat(end.getReason()).isEqualTo(reason);
    assertThat(end.getMessage()).isEqualTo(message);
    assertThat(plan().status().timeline().endedAt()).isEqualTo(Times.micros(now));
    assertReady(plan(), "False", "Ended");
  }

  static void assertReady(SessionPlan plan, String status, String reason) {
    var ready = condition(plan, ConditionType.READY);
    assertThat(ready.getReason()).isEqualTo(reason);
    assertThat(ready.getStatus()).isEqualTo(status);
    assertThat(ready.getObservedGeneration()).isEqualTo(1);
  }

  static Condition ended(SessionPlan plan) {
    return condition(plan, ConditionType.ENDED);
  }

  static Condition condition(SessionPlan plan, String type) {
    return Conditions.find(plan.status().conditions(), type).orElseThrow();
  }
}
