package dev.vitrine.operator.gateway;

import static java.util.stream.Collectors.joining;

import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Does what users, the controller and a kubelet would do. */
final class Stand {

  static final String APP =
      """
      apiVersion: vitrine.dev/v1alpha1
      kind: StreamingApp
      metadata: {name: %s}
      spec:
        title: A viewer
        description: Shows stages.
        version: 1.4.0
        classes: [cpu, gpu]
        parameters: [%s]
      """;

  private final KubernetesClient client;

  Stand(KubeApiServer cluster) {
    this.client = cluster.client();
  }

  void app(String namespace, String name) {
    app(namespace, name, Set.of("usd_stage_uri"));
  }

  void app(String namespace, String name, Set<String> parameters) {
    var declared = parameters.stream().map("{name: %s}"::formatted).collect(joining(", "));
    client.load(stream(APP.formatted(name, declared))).inNamespace(namespace).create();
  }

  /** The app waits for its sessions, as the controller has it. */
  void deleteApp(String namespace, String name) {
    var app = client.resources(StreamingApp.class).inNamespace(namespace).withName(name);
    app.edit(
        it -> {
          it.addFinalizer("vitrine.dev/sessions");
          return it;
        });
    app.delete();
  }

  /** A class is there for the whole cluster. */
  void classes() {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: cpu}
        spec: {title: Processor, description: Pictures by the processor.}
        """;
    client.load(stream(yaml)).items().forEach(c -> client.resource(c).createOr(e -> e.update()));
  }

  StreamSession session(String namespace, String name) {
    return create(namespace, name, it -> it);
  }

  /** A session that tries a revision, as the controller makes it. */
  StreamSession trial(String namespace, String name, String revision) {
    return create(
        namespace,
        name,
        it ->
            it.addToLabels("vitrine.dev/verifies", revision)
                .addNewOwnerReference()
                .withApiVersion("vitrine.dev/v1alpha1")
                .withKind("StreamingAppRevision")
                .withName(revision)
                .withUid("not-looked-up")
                .withController(true)
                .endOwnerReference());
  }

  private StreamSession create(
      String namespace, String name, UnaryOperator<ObjectMetaBuilder> metadata) {
    var session = new StreamSession();
    session.setMetadata(
        metadata.apply(new ObjectMetaBuilder().withNamespace(namespace).withName(name)).build());
    session.setSpec(StreamSessionSpec.of("viewer"));
    return client.resource(session).create();
  }

  /**
   * A session that stands in line, as the controller says it.
   *
   * @param requestedAt RFC 3339
   */
  StreamSession queued(
      String namespace, String name, String user, String streamClass, String requestedAt) {
    var session = session(namespace, name, user, streamClass);
    status(
        session,
        StreamSessionStatus.empty()
            .withConditions(
                List.of(Fixtures.condition("Ready", "False", "Queued", "It waits in line")))
            .withTimeline(new Timeline(requestedAt, null, null, null, null, null)));
    return session;
  }

  /** A session that a pod accepted, a moment or a while ago. */
  StreamSession assigned(
      String namespace, String name, String user, String streamClass, Instant assignedAt) {
    var session = session(namespace, name, user, streamClass);
    var timeline = new Timeline(null, assignedAt.toString(), null, null, null, null);
    status(session, StreamSessionStatus.empty().withTimeline(timeline));
    return session;
  }

  private StreamSession session(String namespace, String name, String user, String streamClass) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    session.setSpec(new StreamSessionSpec("viewer", streamClass, null, user, Map.of(), 0, null));
    return client.resource(session).create();
  }

  /** At most so many sessions in a namespace; no controller counts those that are there here. */
  void sessionQuota(String namespace, int sessions) {
    var most = Map.of("count/streamsessions.vitrine.dev", new Quantity(Integer.toString(sessions)));
    var quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("streams")
            .endMetadata()
            .withNewSpec()
            .withHard(most)
            .endSpec()
            .build();
    var none = Map.of("count/streamsessions.vitrine.dev", new Quantity("0"));
    client
        .resource(client.resource(quota).create())
        .editStatus(
            it ->
                new ResourceQuotaBuilder(it)
                    .withNewStatus()
                    .withHard(most)
                    .withUsed(none)
                    .endStatus()
                    .build());
  }

  StreamSession read(StreamSession session) {
    return client.resource(session).get();
  }

  /** A pod that is the session's own, and where it is. */
  Pod pod(StreamSession session, String address) {
    var made = pod(session, Map.of("vitrine.dev/session", session.getMetadata().getName()));
    return client
        .resource(made)
        .editStatus(
            p ->
                new PodBuilder(p)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP(address)
                    .addNewPodIP(address)
                    .endStatus()
                    .build());
  }

  /** A pod that the session owns, whatever it is for. */
  Pod pod(StreamSession session, Map<String, String> labels) {
    var meta = session.getMetadata();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withGenerateName(meta.getName() + "-")
            .withLabels(labels)
            .addNewOwnerReference()
            .withApiVersion("vitrine.dev/v1alpha1")
            .withKind("StreamSession")
            .withName(meta.getName())
            .withUid(meta.getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName("default")
            .addNewContainer()
            .withName("runtime")
            .withImage("none")
            .endContainer()
            .endSpec()
            .build();
    return client.resource(pod).create();
  }

  /**
   * As the controller has a session make room; the pod runs on a node, and has its time of grace.
   */
  void preempt(Pod pod) {
    var target = new ObjectReferenceBuilder().withKind("Node").withName("node").build();
    var meta = new ObjectMetaBuilder().withName(pod.getMetadata().getName()).build();
    var binding = new BindingBuilder().withMetadata(meta).withTarget(target).build();
    client.bindings().inNamespace(pod.getMetadata().getNamespace()).resource(binding).create();
    client
        .resource(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"vitrine.dev/preempted-for\":\"a-session\"}}}");
    client.resource(pod).delete();
  }

  void conditions(StreamSession session, Condition... conditions) {
    status(session, StreamSessionStatus.empty().withConditions(List.of(conditions)));
  }

  void status(StreamSession session, StreamSessionStatus status) {
    client
        .resource(read(session))
        .editStatus(
            s -> {
              s.setStatus(status);
              return s;
            });
  }

  /** The session's pod is of that revision, as the controller says it. */
  void revision(StreamSession session, String revision) {
    var before = read(session).getStatus();
    status(
        session,
        new StreamSessionStatus(
            before.conditions(), null, List.of(), null, revision, null, null, before.connection()));
  }

  /** As the controller says it of a session that is to get another pod. */
  void lost(StreamSession session, Pod pod) {
    var lost = new LostPod(pod.getMetadata().getName(), "2026-11-22T20:00:00.000000Z");
    status(session, read(session).getStatus().withoutPod(lost).withConnection(null));
  }

  /** What new sessions of an app get, as the controller says it. */
  void revisions(String namespace, String app, RevisionShare... shares) {
    client
        .resources(StreamingApp.class)
        .inNamespace(namespace)
        .withName(app)
        .editStatus(
            a -> {
              a.setStatus(new StreamingAppStatus(List.of(), null, List.of(shares), null));
              return a;
            });
  }

  void ready(StreamSession session) {
    conditions(
        session,
        Fixtures.condition("Assigned", "True", "Assigned", "A pod has it"),
        Fixtures.condition("Ready", "True", "Waiting", "It can be joined"));
  }

  private static InputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
