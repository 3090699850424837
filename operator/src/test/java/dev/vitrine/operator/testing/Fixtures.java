package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeCeilings;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppSpec;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** Resources as the API server would hand them out, with its defaults. */
public final class Fixtures {

  public static final Lifetimes LIFETIMES = new Lifetimes(300, 120, 20, 900, 28800, 60, 3600);

  private Fixtures() {}

  public static StreamClass streamClass(String name, StreamClassSpec.Gpu gpu) {
    var cpu = new StreamClassSpec.Compute(new Quantity("200m"), null);
    var memory = new StreamClassSpec.Compute(new Quantity("1Gi"), new Quantity("2Gi"));
    var streamClass = new StreamClass();
    streamClass.setMetadata(metadata(name, "class-uid"));
    streamClass.setSpec(
        new StreamClassSpec(
            null,
            null,
            new StreamClassSpec.Resources(gpu, cpu, memory),
            null,
            Map.of("zone", "a"),
            List.of(),
            new StreamClassSpec.VideoCeilings(2073600, 60, 20000),
            new LifetimeCeilings(3600, 600, 3600, 20000, 1800),
            new StreamClassSpec.AllowedNamespaces(StreamClassSpec.From.All, List.of())));
    return streamClass;
  }

  /** An app that the controller accepted. */
  public static StreamingApp app(List<Parameter> parameters, Map<String, Object> podPatch) {
    var app = new StreamingApp();
    app.setMetadata(metadata("demo", "app-uid"));
    app.setSpec(
        new StreamingAppSpec(
            null,
            null,
            null,
            StreamingAppSpec.RuntimeKind.Vitrine,
            null,
            "a.usda",
            List.of("cpu", "gpu"),
            parameters,
            null,
            podPatch,
            new StreamingAppSpec.Video(1280, 720, 30, 4000),
            LIFETIMES));
    var ready =
        Conditions.isTrue(ConditionType.READY, AppReason.Accepted, "Sessions can be started");
    app.setStatus(
        new StreamingAppStatus(
            List.of(ready.edit().withObservedGeneration(1L).build()), "https://x/view/ns/demo"));
    return app;
  }

  public static StreamSession session(String className, Map<String, String> parameters) {
    var session = new StreamSession();
    session.setMetadata(metadata("one", "0123456789-session-uid"));
    session.setSpec(new StreamSessionSpec("demo", className, null, parameters, null));
    return session;
  }

  private static ObjectMeta metadata(String name, String uid) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace("ns")
        .withUid(uid)
        .withGeneration(1L)
        .build();
  }
}
