package dev.vitrine.operator.testing;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.keys.SigningKeyReconciler;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.testing.KubeApiServer;
import dev.vitrine.testing.ScratchFolder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * Packaged controllers and gateways over a real API server, in it one namespace with apps and
 * sessions on one class. What nodes would do is pretended: pods are ready as soon as they are made,
 * and accept assignments.
 */
public final class OperatorStand implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final int SETUP_CLIENTS = 64;

  /**
   * Nobody connects, and nobody is to be missed for it; nor is there a viewer to try a revision.
   */
  private static final String NOBODY_CONNECTS =
      "lifetimes: {connectSeconds: 86400, ttlSecondsAfterFinished: 0},"
          + " rollout: {verification: {mode: None}}";

  public final KubernetesClient client;
  public final String namespace;
  public final PromptKubelet kubelet;
  public final SessionWatch sessions;
  public final FakeRuntime runtime;
  private final String systemNamespace;
  private final ScratchFolder scratch;
  private final Path kubeconfig;
  private final SharedIndexInformer<StreamingApp> apps;
  private final Path connectKeys;
  private final Map<String, String> environment;

  public OperatorStand(KubeApiServer server) throws IOException {
    this(server, server.config(), Map.of());
  }

  /**
   * @param way how its processes reach the API server
   * @param environment what else controllers have in their environment
   */
  public OperatorStand(KubeApiServer server, Config way, Map<String, String> environment)
      throws IOException {
    this.environment = environment;
    client = server.newClient();
    namespace = server.newNamespace();
    systemNamespace = server.newNamespace();
    scratch = ScratchFolder.create("vitrine-operator");
    var folder = scratch.path();
    kubeconfig = OperatorProcess.kubeconfig(way, folder, server.config().getOauthToken());
    var keys = new SigningKeyReconciler(client, systemNamespace);
    runtime = new FakeRuntime(keys.keyIn(SigningKeyReconciler.ASSIGNMENT_KEY).publicKeys());
    connectKeys = Files.createDirectory(folder.resolve("connect-keys"));
    Files.writeString(
        connectKeys.resolve("private.jwk"),
        keys.keyIn(SigningKeyReconciler.CONNECT_KEY).toPrivateJwk());
    kubelet = new PromptKubelet(client, namespace);
    sessions = new SessionWatch(client, namespace);
    apps = client.resources(StreamingApp.class).inNamespace(namespace).inform();
    var streamClass =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %s}
        spec: {maxPendingPods: 100, resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}
        """
            .formatted(namespace);
    client.resource(streamClass).create();
  }

  /** Returns once the controller leads. */
  public OperatorProcess startController() throws IOException {
    var controller = beginController();
    controller.awaitReady();
    Awaitility.await("%s to lead".formatted(controller.name()))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> leader().filter(controller.name()::equals).isPresent());
    return controller;
  }

  /** Returns at once; it leads when nobody else does. */
  public OperatorProcess beginController() throws IOException {
    var settings = new HashMap<>(environment);
    settings.put("VITRINE_PUBLIC_URL", "https://stream.example");
    settings.put("VITRINE_SYSTEM_NAMESPACE", systemNamespace);
    settings.put("VITRINE_POD_PORT", Integer.toString(runtime.port()));
    return OperatorProcess.start(
        kubeconfig,
        "controller",
        "controller-" + UUID.randomUUID().toString().substring(0, 8),
        settings);
  }

  /** Who holds the lease, by the name of its process. */
  public Optional<String> leader() {
    return Optional.ofNullable(lease().get())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .filter(holder -> !holder.isEmpty());
  }

  /** As if the lease of a leader that is gone had run out. */
  public void expireLease() {
    lease().delete();
  }

  private Resource<Lease> lease() {
    return client.leases().inNamespace(systemNamespace).withName("vitrine-controller");
  }

  /**
   * Returns at once. It asks nobody who they are.
   *
   * @param port where it listens, on loopback
   */
  public OperatorProcess startGateway(int port) throws IOException {
    return OperatorProcess.start(
        kubeconfig,
        "gateway",
        "gateway-" + UUID.randomUUID().toString().substring(0, 8),
        Map.of(
            "VITRINE_ACCESS",
            "none",
            "VITRINE_CONNECT_KEYS",
            connectKeys.toString(),
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            Integer.toString(port)));
  }

  /** Makes apps without idle pods and waits until sessions of them can be started. */
  public void createApps(List<String> names) throws Exception {
    Clients.inTurn(SETUP_CLIENTS, names.size(), (_, i) -> createApp(names.get(i), "{}"));
    Awaitility.await("apps to be ready")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                apps.getStore().list().stream()
                        .filter(app -> has(app, ConditionType.READY, "Accepted"))
                        .count()
                    >= names.size());
  }

  /**
   * Makes an app and waits until its idle pods are ready.
   *
   * @param warm as {@code spec.warm} of a StreamingApp
   */
  public void createWarmApp(String name, String warm) {
    createApp(name, warm);
    awaitPool(name, "Full");
  }

  /** A pod of an app whose pods are all idle. */
  public Pod idlePod(String app) {
    return Awaitility.await("an idle pod of " + app)
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> kubelet.ofApp(app).stream().findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  public StreamSession session(String name) {
    return client.resources(StreamSession.class).inNamespace(namespace).withName(name).get();
  }

  /** Whether its status says that a pod has accepted it. */
  public boolean isAssigned(StreamSession session) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), ConditionType.ASSIGNED);
  }

  /** Waits until an app has so many idle pods, and not one more. */
  public void awaitIdlePods(String app, int count) {
    Awaitility.await("%d idle pods of %s".formatted(count, app))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                kubelet.ofApp(app).stream()
                        .filter(
                            pod -> !pod.getMetadata().getLabels().containsKey(PodLabels.SESSION))
                        .count()
                    == count);
  }

  /** Creates a session and waits until the watch says that a pod has accepted it. */
  public void claim(String app, String name) throws Exception {
    sessions.awaitCondition(name, ConditionType.ASSIGNED, () -> createSession(app, name));
  }

  /**
   * The gateway reports that a viewer is there and sees a picture, which a runtime tells in one;
   * waits until the controller has taken note.
   */
  public void connect(String name) throws Exception {
    sessions.awaitCondition(name, ConditionType.CONNECTED, () -> reportConnected(name));
  }

  /**
   * The session's pod ends, with its last word: its viewer said goodbye, of which there is no other
   * report. Waits until the session is gone, too.
   */
  public void end(StreamSession session) throws Exception {
    sessions.awaitGone(
        session.getMetadata().getName(), () -> kubelet.end(session.getStatus().podName()));
  }

  /** Takes idle pods and sessions of an app away, and waits until they are gone. */
  public void clear(String app) throws Exception {
    client
        .resources(StreamingApp.class)
        .inNamespace(namespace)
        .withName(app)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"warm\":{\"min\":0,\"targetIdle\":0}}}");
    awaitPool(app, "NoneWanted");
    var all = sessions.ofApp(app);
    Clients.inTurn(SETUP_CLIENTS, all.size(), (_, i) -> end(all.get(i)));
    Awaitility.await("pods of %s to be gone".formatted(app))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> kubelet.ofApp(app).isEmpty());
  }

  /** See {@link Invariants}. */
  public void checkInvariants() {
    Invariants.check(client, namespace, runtime);
    Invariants.checkNoneAssignedTwice(runtime.assignments().stream());
  }

  @Override
  public void close() {
    apps.close();
    sessions.close();
    kubelet.close();
    runtime.close();
    client.close();
    scratch.close();
  }

  private void createApp(String name, String warm) {
    var app =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: %s}
        spec: {classes: [%s], warm: %s, %s}
        """
            .formatted(name, namespace, warm, NOBODY_CONNECTS);
    client.resource(app).inNamespace(namespace).create();
  }

  public void createSession(String app, String name) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(StreamSessionSpec.of(app));
    client.resource(session).create();
  }

  private void reportConnected(String name) {
    var patch =
        """
        {"apiVersion":"vitrine.dev/v1alpha1","kind":"StreamSession","metadata":{"name":"%1$s"},
         "status":{"connection":{"seq":1,"state":"Connected","connectedAt":"%2$s",
          "firstFrameAt":"%2$s","transport":"webrtc-java","codec":"H264"}}}
        """
            .formatted(name, Instant.now());
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

  private void awaitPool(String app, String reason) {
    Awaitility.await("the pool of %s to be %s".formatted(app, reason))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () -> apps.getStore().getByKey(namespace + "/" + app),
            it -> it != null && has(it, ConditionType.WARM_POOL_FULL, reason));
  }

  private static boolean has(StreamingApp app, String type, String reason) {
    return app.getStatus() != null
        && Conditions.find(app.getStatus().conditions(), type)
            .filter(it -> it.getReason().equals(reason))
            .isPresent();
  }
}
