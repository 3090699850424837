package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;

/** What the watches deliver: app `demo` in namespace `ns`, on the classes `gpu` and `cpu`. */
final class Cluster {

  static final Timeline REQUESTED = times("00", null, null, null);

  final Stores stores = Stores.create();
  final StreamingApp app = Fixtures.app(List.of(), Map.of());

  Cluster() {
    add("cpu", null);
    add("gpu", new StreamClassSpec.Gpu("nvidia.com/gpu", 2));
    stores.apps().put("ns/demo", app);
  }

  void add(String className, StreamClassSpec.Gpu gpu) {
    stores.classes().put(className, Fixtures.streamClass(className, gpu));
  }

  /** Seconds within one minute; null: it has not happened. */
  static Timeline times(String requested, String assigned, String connected, String firstFrame) {
    return new Timeline(
        time(requested), time(assigned), time(assigned), time(connected), time(firstFrame), null);
  }

  private static String time(String second) {
    return second == null ? null : "2026-01-01T00:00:%sZ".formatted(second);
  }

  /** A session without a status. */
  static StreamSession session(String name, String app, String className) {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName(name)
            .withUid(name + "-uid")
            .withLabels(Map.of())
            .build());
    session.setSpec(new StreamSessionSpec(app, className, null, "ann", Map.of(), 0, null));
    return session;
  }

  static StreamSession session(String name) {
    return session(name, "demo", "gpu");
  }

  /** The same session with a status. */
  static StreamSession with(StreamSession session, Timeline timeline, Condition... conditions) {
    var next =
        session(
            session.getMetadata().getName(),
            session.getSpec().app(),
            session.getSpec().className());
    next.setMetadata(session.getMetadata());
    next.setStatus(
        StreamSessionStatus.empty().withConditions(List.of(conditions)).withTimeline(timeline));
    return next;
  }

  static Condition ready(SessionReason reason) {
    return Conditions.isFalse(ConditionType.READY, reason, "");
  }

  static Condition ended(EndReason reason) {
    return Conditions.isTrue(ConditionType.ENDED, reason, "");
  }

  void watch(StreamSession session) {
    stores.sessions().put("ns/" + session.getMetadata().getName(), session);
  }

  void watchGone(StreamSession session) {
    stores.sessions().remove("ns/" + session.getMetadata().getName());
  }

  /** A pod on a node. */
  static PodBuilder pod(String name, String className) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName(name)
        .withUid(name + "-uid")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .addToLabels("vitrine.dev/app", "demo")
        .addToLabels("vitrine.dev/class", className)
        .addToLabels("vitrine.dev/revision", Fixtures.REVISION)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node")
        .endSpec();
  }

  static Pod claimed(Pod idle, String at) {
    return new PodBuilder(idle)
        .editMetadata()
        .addToLabels("vitrine.dev/session", "one")
        .addToAnnotations("vitrine.dev/claimed-at", "2026-01-01T00:00:%sZ".formatted(at))
        .withOwnerReferences(
            new OwnerReferenceBuilder().withKind("StreamSession").withUid("one-uid").build())
        .endMetadata()
        .build();
  }

  void watch(Pod pod) {
    stores.pods().put("ns/" + pod.getMetadata().getName(), pod);
  }

  void watchGone(Pod pod) {
    stores.pods().remove("ns/" + pod.getMetadata().getName());
  }
}
