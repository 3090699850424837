package dev.vitrine.operator.testing;

import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A controller at work in a namespace of its own, with a pretended kubelet and runtime. */
public final class ControllerStand implements AutoCloseable {

  public static final Duration LIMIT = Duration.ofSeconds(30);
  public static final LifetimeWishes AS_THE_APP = null;

  public final SigningKey assignmentKey = SigningKey.generate();
  public final SigningKey connectKey;
  public final KubernetesClient client;
  public final FakeKubelet kubelet;
  public final FakeRuntime runtime;
  public final String namespace;
  private final Supplier<KubernetesClient> newClient;
  private final SessionTraces traces;
  private KubernetesClient operatorClient;
  private RunningController controller;
  private volatile Duration ahead = Duration.ZERO;

  public ControllerStand(KubeApiServer cluster) throws IOException {
    this(cluster, cluster::newClient);
  }

  /**
   * @param newClient how the controller reaches the API server
   */
  public ControllerStand(KubeApiServer cluster, Supplier<KubernetesClient> newClient)
      throws IOException {
    this(cluster, newClient, SigningKey.generate(), SessionTraces.off());
  }

  /**
   * @param connectKey what signs connect tokens
   * @param traces where the controller's spans go
   */
  public ControllerStand(KubeApiServer cluster, SigningKey connectKey, SessionTraces traces)
      throws IOException {
    this(cluster, cluster::newClient, connectKey, traces);
  }

  private ControllerStand(
      KubeApiServer cluster,
      Supplier<KubernetesClient> newClient,
      SigningKey connectKey,
      SessionTraces traces)
      throws IOException {
    this.newClient = newClient;
    this.connectKey = connectKey;
    this.traces = traces;
    client = cluster.client();
    namespace = cluster.newNamespace();
    kubelet = new FakeKubelet(client);
    runtime = new FakeRuntime(assignmentKey.publicKeys());
    operatorClient = newClient.get();
    controller = start();
  }

  /** What the controller exports to Prometheus. */
  public CollectorRegistry metrics() {
    return controller.metrics();
  }

  /** Time passes for the controller; what it is about to do by then has to be woken. */
  public void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Has the controller look at a session. */
  public void wake(String session) {
    client
        .resource(session(session))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"woken\":\"%s\"}}}".formatted(UUID.randomUUID()));
  }

  /** Ends the controller and starts another, as a fail-over does. */
  public void restartController() {
    controller.close();
    controller = start();
  }

  /**
   * Cuts the controller off in the middle of whatever it does, as a kill does, and starts another.
   */
  public void crashController() {
    operatorClient.close();
    controller.close();
    operatorClient = newClient.get();
    controller = start();
  }

  @Override
  public void close() {
    controller.close();
    operatorClient.close();
    runtime.close();
    removeSessions();
  }

  /** The controllers of later tests would look after them. */
  private void removeSessions() {
    client.resources(StreamSession.class).inNamespace(namespace).delete();
    new FakeGarbageCollector(client, namespace).sweep();
  }

  private RunningController start() {
    return new RunningController(
        operatorClient,
        assignmentKey,
        connectKey,
        runtime.port(),
        traces,
        () -> Instant.now().plus(ahead));
  }

  /** Waits for the pod of a session and makes it ready. */
  public Pod serve(String session) {
    var pod = awaitPodOf(session);
    kubelet.ready(pod, "127.0.0.1");
    return pod;
  }

  /**
   * The app `demo` of that spec, whose revisions are not tried unless the spec says how, on the
   * class that has the name of the namespace.
   */
  public void createApp(String spec) {
    createClass("{resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}");
    createApp("demo", spec);
  }

  /** The same of another name, on classes that are there. */
  public void createApp(String name, String spec) {
    var app =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: %s}
        spec: %s
        """
            .formatted(
                name,
                spec.contains("rollout:")
                    ? spec
                    : spec.replaceFirst("\\{", "{rollout: {verification: {mode: None}}, "));
    client.resource(app).inNamespace(namespace).create();
  }

  /** The class that has the name of the namespace. */
  public void createClass(String spec) {
    createClass(namespace, spec);
  }

  /** A class of whatever name, for the whole cluster. */
  public void createClass(String name, String spec) {
    var streamClass =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %s}
        spec: %s
        """
            .formatted(name, spec);
    client.resource(streamClass).createOr(existing -> existing.update());
  }

  public void createSession(String name) {
    createSession(name, Map.of(), AS_THE_APP);
  }

  /** A session that comes before, or after, those that say nothing of it. */
  public void createSession(String name, int priority) {
    createSession(name, new StreamSessionSpec("demo", null, null, null, Map.of(), priority, null));
  }

  /** A session of a user. */
  public void createSessionOf(String user, String name) {
    createSession(name, new StreamSessionSpec("demo", null, null, user, Map.of(), 0, null));
  }

  /** A session pinned to a revision. */
  public void createSession(String name, String revision) {
    createSession(name, new StreamSessionSpec("demo", null, revision, null, Map.of(), 0, null));
  }

  public void createSession(String name, Map<String, String> parameters, LifetimeWishes wishes) {
    createSession(name, new StreamSessionSpec("demo", null, null, null, parameters, 0, wishes));
  }

  public void createSession(String name, StreamSessionSpec spec) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(spec);
    client.resource(session).create();
  }

  /** As the gateway does it. */
  public void report(String name, String connection) {
    var patch =
        """
        {"apiVersion":"vitrine.dev/v1alpha1","kind":"StreamSession","metadata":{"name":"%s"},
         "status":{"connection":%s}}
        """
            .formatted(name, connection);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("vitrine-gateway")
            .withForce(true)
            .build();
    client
        .resources(StreamSession.class)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(context, patch);
  }

  public StreamSession session(String name) {
    return client.resources(StreamSession.class).inNamespace(namespace).withName(name).get();
  }

  /** Of the session that has the name now: a pod of one before it stays where nobody collects. */
  public Pod awaitPodOf(String name) {
    return await("a pod of session " + name)
        .atMost(LIMIT)
        .until(() -> Optional.ofNullable(session(name)).flatMap(this::podOf), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Pod> podOf(StreamSession session) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(PodLabels.SESSION, session.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .filter(pod -> Owners.owns(session, pod))
        .findFirst();
  }

  public void awaitPod(Pod pod, Predicate<Pod> wanted) {
    await("the pod").atMost(LIMIT).until(() -> client.resource(pod).get(), wanted);
  }

  public void awaitReady(String session, String status, String reason) {
    awaitCondition(
        session,
        ConditionType.READY,
        it -> it.getStatus().equals(status) && it.getReason().equals(reason));
  }

  public Condition awaitCondition(String session, String type, Predicate<Condition> wanted) {
    try {
      return await(type + " of session " + session)
          .atMost(LIMIT)
          .until(
              () ->
                  Optional.ofNullable(session(session))
                      .map(StreamSession::getStatus)
                      .flatMap(status -> Conditions.find(status.conditions(), type)),
              found -> found.filter(wanted).isPresent())
          .orElseThrow();
    } catch (RuntimeException e) {
      throw new AssertionError(
          "The session is "
              + session(session)
              + ", its app "
              + client.resources(StreamingApp.class).inNamespace(namespace).withName("demo").get(),
          e);
    }
  }

  /** Pods of the app that no session has. */
  public List<Pod> idlePods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("vitrine.dev/app", "demo")
        .withoutLabel("vitrine.dev/session")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Waits for so many idle pods. */
  public List<Pod> awaitIdlePods(int count) {
    return await(count + " idle pods")
        .atMost(LIMIT)
        .until(this::idlePods, it -> it.size() == count);
  }

  public StreamingApp app() {
    return client.resources(StreamingApp.class).inNamespace(namespace).withName("demo").get();
  }

  /** Waits for a condition of the app. */
  public Condition awaitApp(String type, String status, String reason) {
    return await("%s=%s/%s of the app".formatted(type, status, reason))
        .atMost(LIMIT)
        .until(
            () ->
                Optional.ofNullable(app().getStatus())
                    .flatMap(it -> Conditions.find(it.conditions(), type)),
            found ->
                found
                    .filter(it -> it.getStatus().equals(status) && it.getReason().equals(reason))
                    .isPresent())
        .orElseThrow();
  }
}
