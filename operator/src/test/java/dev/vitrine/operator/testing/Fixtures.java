package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeCeilings;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.SessionLimits;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppSpec;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.api.v1alpha1.WarmPods;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources as the API server would hand them out, with its defaults. */
public final class Fixtures {

  public static final Lifetimes LIFETIMES = new Lifetimes(300, 120, 20, 900, 28800, 60, 3600);

  /** Name of the revision that {@link #app} serves. */
  public static final String REVISION = "demo-0123456789";

  public static final Rollout ROLLOUT =
      new Rollout(
          Rollout.State.Running,
          List.of(),
          new Rollout.Verification(Rollout.Mode.DecodeFrame, Map.of(), 180),
          50,
          5);

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
            new LifetimeCeilings(86400, 3600, 600, 3600, 20000, 3600, 2592000, 1800, 600),
            new StreamClassSpec.AllowedNamespaces(StreamClassSpec.From.All, List.of()),
            8,
            StreamClassSpec.Preemption.Never,
            StreamClassSpec.Images.OnDemand,
            null));
    return streamClass;
  }

  /** The same class, whose nodes have images before they are needed, and a cache. */
  public static StreamClass prepared(StreamClass streamClass) {
    return change(
        streamClass,
        streamClass.getSpec().lifetimes(),
        streamClass.getSpec().namespaces(),
        StreamClassSpec.Images.PrePulled,
        new StreamClassSpec.Cache("stream-cache"));
  }

  /** The same class, open to the namespace {@code other} only. */
  public static StreamClass closed(StreamClass streamClass) {
    var spec = streamClass.getSpec();
    return change(
        streamClass,
        spec.lifetimes(),
        new StreamClassSpec.AllowedNamespaces(StreamClassSpec.From.Listed, List.of("other")),
        spec.images(),
        spec.cache());
  }

  /** The same class, with low ceilings where sessions cost something that nobody watches. */
  public static StreamClass strict(
      StreamClass streamClass, int startSeconds, int warningSeconds, int ttlSeconds) {
    var spec = streamClass.getSpec();
    var before = spec.lifetimes();
    return change(
        streamClass,
        new LifetimeCeilings(
            startSeconds,
            before.connectSeconds(),
            before.reconnectSeconds(),
            before.idleSeconds(),
            before.maxSeconds(),
            warningSeconds,
            ttlSeconds,
            before.extensionSeconds(),
            before.drainSeconds()),
        spec.namespaces(),
        spec.images(),
        spec.cache());
  }

  private static StreamClass change(
      StreamClass streamClass,
      LifetimeCeilings lifetimes,
      StreamClassSpec.AllowedNamespaces namespaces,
      StreamClassSpec.Images images,
      StreamClassSpec.@Nullable Cache cache) {
    var spec = streamClass.getSpec();
    streamClass.setSpec(
        new StreamClassSpec(
            spec.title(),
            spec.description(),
            spec.resources(),
            spec.runtimeClassName(),
            spec.nodeSelector(),
            spec.tolerations(),
            spec.video(),
            lifetimes,
            namespaces,
            spec.maxPendingPods(),
            spec.preemption(),
            images,
            cache));
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
            LIFETIMES,
            new SessionLimits(null, null, 900),
            new WarmPods(0, 0, null, List.of()),
            ROLLOUT));
    var ready =
        Conditions.isTrue(ConditionType.READY, AppReason.Accepted, "Sessions can be started");
    app.setStatus(
        new StreamingAppStatus(
            List.of(ready.edit().withObservedGeneration(1L).build()),
            "https://x/view/ns/demo",
            List.of(new RevisionShare(REVISION, null, 100)),
            null));
    return app;
  }

  /** The same app, wanting other idle pods. */
  public static void want(StreamingApp app, WarmPods warm) {
    change(app, app.getSpec().lifetimes(), warm, app.getSpec().rollout());
  }

  /** The same app, with another way of rolling out. */
  public static void rollOut(StreamingApp app, Rollout rollout) {
    change(app, app.getSpec().lifetimes(), app.getSpec().warm(), rollout);
  }

  /** The same app, whose sessions may do that for so long. */
  public static void let(StreamingApp app, Lifetimes lifetimes) {
    change(app, lifetimes, app.getSpec().warm(), app.getSpec().rollout());
  }

  private static void change(
      StreamingApp app, Lifetimes lifetimes, WarmPods warm, Rollout rollout) {
    var spec = app.getSpec();
    app.setSpec(
        new StreamingAppSpec(
            spec.title(),
            spec.description(),
            spec.version(),
            spec.runtime(),
            spec.image(),
            spec.stage(),
            spec.classes(),
            spec.parameters(),
            spec.container(),
            spec.podPatch(),
            spec.video(),
            lifetimes,
            spec.limits(),
            warm,
            rollout));
  }

  /** What {@link #app} says of its pods, verified. */
  public static StreamingAppRevision revision(StreamingApp app) {
    var revision = new StreamingAppRevision();
    revision.setMetadata(
        metadata(REVISION, "revision-uid")
            .edit()
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    revision.setSpec(StreamingAppRevisionSpec.of(app));
    var verified =
        Conditions.isTrue(ConditionType.VERIFIED, RevisionReason.NotAsked, "Nobody asked");
    revision.setStatus(new StreamingAppRevisionStatus(List.of(verified), null, List.of()));
    return revision;
  }

  public static StreamSession session(String className, Map<String, String> parameters) {
    var session = new StreamSession();
    session.setMetadata(metadata("one", "0123456789-session-uid"));
    session.setSpec(new StreamSessionSpec("demo", className, null, null, parameters, 0, null));
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
