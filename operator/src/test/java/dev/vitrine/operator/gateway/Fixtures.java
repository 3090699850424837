package dev.vitrine.operator.gateway;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppSpec;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** Objects as the API server gives them. */
public final class Fixtures {

  private Fixtures() {}

  public static StreamingApp app(String yaml) {
    var app = new StreamingApp();
    app.setMetadata(new ObjectMetaBuilder().withNamespace("team").withName("viewer").build());
    app.setSpec(Serialization.unmarshal(yaml, StreamingAppSpec.class));
    return app;
  }

  public static StreamSession session(Condition... conditions) {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("viewer-x1")
            .withUid("s-1")
            .withResourceVersion("7")
            .withCreationTimestamp("2026-11-22T13:00:00Z")
            .build());
    session.setSpec(StreamSessionSpec.of("viewer"));
    session.setStatus(StreamSessionStatus.empty().withConditions(List.of(conditions)));
    return session;
  }

  /** Has it try the revision that owns it. */
  public static void makeTrial(StreamSession session) {
    session.getMetadata().setLabels(Map.of("vitrine.dev/verifies", "viewer-0"));
    session
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withKind("StreamingAppRevision")
                    .withName("viewer-0")
                    .withController(true)
                    .build()));
  }

  public static Condition condition(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime("2026-11-22T13:00:00Z")
        .build();
  }

  public static Pod pod(String uid, String ownerUid, String address) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("pod-" + uid)
        .withUid(uid)
        .addToLabels("vitrine.dev/session", "viewer-x1")
        .addNewOwnerReference()
        .withApiVersion("vitrine.dev/v1alpha1")
        .withKind("StreamSession")
        .withName("viewer-x1")
        .withUid(ownerUid)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .withPodIP(address)
        .endStatus()
        .build();
  }
}
